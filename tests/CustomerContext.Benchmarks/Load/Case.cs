namespace CustomerContext.Benchmarks.Load;

/// <summary>One thing that is measured beside others.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Call">Makes the call of a number; the numbers ascend.</param>
internal sealed record Case(string Name, Func<int, Task> Call);

/// <summary>One case in one round. Processor times are microseconds a request, of both processors together.</summary>
internal sealed record Measured(double PerSecond, double ServerMicroseconds, double RedisMicroseconds, double LoadMicroseconds, double P50, double P99, int Failed);
