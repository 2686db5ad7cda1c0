using CustomerContext.Domain;
using CustomerContext.Grains.Durability;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Silo.Tests.Background;

/// <summary>What an operator reads of failures.</summary>
public sealed class FailureReportTests
{
    private const string Personal = "customer 00112233445566778899aabbccddeeff";

    [Fact]
    public void Note_TheSameFailureAgainAndAgain_ALineAMinuteWithoutTheTextOfTheException()
    {
        var (time, log) = (new FakeTime(), new LogLines());
        var services = new ServiceCollection().AddMetrics().AddLogging(logging => logging.AddProvider(log)).AddSingleton<TimeProvider>(time)
            .AddSingleton<FailureReport>().BuildServiceProvider();
        var report = services.GetRequiredService<FailureReport>();

        report.Note("work", new InvalidOperationException(Personal));
        report.Note("work", new InvalidOperationException(Personal));
        report.Note("work", new StateUnavailableException(new TimeoutException(Personal)));
        Assert.Equal(2, log.About("work").Count);

        time.Advance(Limits.Failures.LogEvery);
        report.Note("work", new InvalidOperationException(Personal));

        var lines = log.About("work");
        Assert.Equal(3, lines.Count);
        Assert.StartsWith("work failed unexpectedly with InvalidOperationException, 1 times", lines[0], StringComparison.Ordinal);
        Assert.StartsWith("work failed with StateUnavailableException of TimeoutException, 1 times", lines[1], StringComparison.Ordinal);
        Assert.StartsWith("work failed unexpectedly with InvalidOperationException, 2 times", lines[2], StringComparison.Ordinal);
        Assert.DoesNotContain(lines, line => line.Contains(Personal, StringComparison.Ordinal));
    }
}
