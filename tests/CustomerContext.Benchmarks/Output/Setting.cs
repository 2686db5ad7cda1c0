using System.Reflection;
using System.Runtime.InteropServices;
using CustomerContext.Benchmarks.Serving;
using Orleans;

namespace CustomerContext.Benchmarks.Output;

/// <summary>Under which circumstances figures were measured.</summary>
/// <param name="Store">Where the silo kept everything, and how durably.</param>
internal sealed record Setting(string Store)
{
    /// <summary>The version of the package of Orleans; its assemblies call themselves 10.0.0 whatever it is.</summary>
    public string Orleans { get; } = typeof(Grain).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()!.InformationalVersion.Split('+', ' ')[0].TrimEnd('.');

    /// <summary>Processors for server, Redis and load together.</summary>
    public int Processors { get; } = Environment.ProcessorCount;

    /// <summary>The runtime.</summary>
    public string Runtime { get; } = RuntimeInformation.FrameworkDescription;

    /// <summary>When.</summary>
    public DateTimeOffset At { get; } = TimeProvider.System.GetUtcNow();

    /// <summary>The setting of a run on <paramref name="store"/>.</summary>
    public static Setting Of(Store store, BenchmarkOptions options) =>
        new(store == Serving.Store.Redis ? $"Redis, appendonly yes, appendfsync {options.Fsync}" : $"SQLite, synchronous FULL (the baselines' Redis: appendfsync {options.Fsync})");

    /// <inheritdoc/>
    public override string ToString() => $"{Store}; Orleans {Orleans}; {Runtime}; {Processors} processors shared by server, Redis and load; {At:yyyy-MM-dd HH:mm}Z";
}
