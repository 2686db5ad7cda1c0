using CustomerContext.Testing;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary><c>kill -9</c> of the silo at random points under load: every promise is kept. CC_KILLS times.</summary>
public sealed class SiloKillTests(ITestOutputHelper output) : IDisposable
{
    private static readonly int _kills = Trials.Count("CC_KILLS", 3);

    private readonly TempFolder _data = new();

    [Fact]
    public Task Kill_UnderLoadOnSqlite_KeepsEveryPromise() => KillAndCheck();

    [Fact]
    public async Task Kill_UnderLoadOnRedis_KeepsEveryPromise()
    {
        await using var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", "always");
        await KillAndCheck("--redis", redis.EndPoint);
    }

    public void Dispose() => _data.Dispose();

    private async Task KillAndCheck(params string[] arguments)
    {
        var trial = new KillTrial(Trials.Seed);
        var silo = await SiloProcess.Start(_data.Path, arguments);
        try
        {
            for (var kill = 0; kill < _kills; kill++)
            {
                await trial.Round(kill, silo, silo.Kill);
                await silo.DisposeAsync();
                silo = await SiloProcess.Start(_data.Path, arguments);
                await trial.CheckLastRound(silo);
            }

            await trial.CheckAll(silo);
            output.WriteLine($"{_kills} kills: {trial.Figures}");
        }
        finally
        {
            await silo.DisposeAsync();
        }
    }
}
