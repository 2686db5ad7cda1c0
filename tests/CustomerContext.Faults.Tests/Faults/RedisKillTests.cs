using CustomerContext.Testing;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary><c>kill -9</c> of redis-server at random points under load, with appendfsync always: every promise is kept, and the silo heals by itself. CC_KILLS times.</summary>
public sealed class RedisKillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int _kills = Trials.Count("CC_KILLS", 3);

    private readonly TempFolder _data = new();

    [Fact]
    public async Task Kill_UnderLoad_KeepsEveryPromise()
    {
        var trial = new KillTrial(Trials.Seed);
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await using var silo = await SiloProcess.Start(_data.Path, "--redis", redis.EndPoint);

        // Orleans logs what its storage could not do, also in the storage's name; the health checks log that they fail.
        silo.ExpectedErrors = ["Orleans", "CustomerContext.Storage", "Microsoft.Extensions.Diagnostics.HealthChecks"];
        for (var kill = 0; kill < _kills; kill++)
        {
            await trial.Round(kill, silo, redis.Kill);
            await redis.StartAgain();
            await trial.CheckLastRound(silo);
        }

        await trial.CheckAll(silo);
        output.WriteLine($"{_kills} kills: {trial.Figures}");
    }

    public void Dispose() => _data.Dispose();
}
