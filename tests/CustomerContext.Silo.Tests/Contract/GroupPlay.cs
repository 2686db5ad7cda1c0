using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using static CustomerContext.Silo.Tests.Contract.ContractSilo;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>Tribes and their trends.</summary>
internal static class GroupPlay
{
    private static readonly string[] _tribes = ["e-bikers", "home-gardeners", "coffee-lovers", "night-owls"];

    public static async Task Run(ContractSilo silo)
    {
        foreach (var tribe in _tribes)
        {
            await silo.Tribes.GetTribeAsync(new GetTribeRequest { TribeId = tribe, Purpose = Purpose }, silo.AsAgent());
        }

        var watch = new WatchTribeRequest { TribeId = _tribes[0], Purpose = Purpose };
        using (var call = silo.Tribes.WatchTribe(watch, silo.AsAgent()))
        {
            Assert.True(await call.ResponseStream.MoveNext(CancellationToken.None));
            watch.ResumeToken = call.ResponseStream.Current.ResumeToken;
        }

        // It has nothing to say before its heartbeat; what matters is what it was asked.
        silo.Tribes.WatchTribe(watch, silo.AsAgent()).Dispose();

        var list = new ListTribesRequest { PageSize = 1, Purpose = Purpose };
        list.PageToken = (await silo.Tribes.ListTribesAsync(list, silo.AsAgent())).NextPageToken;
        await silo.Tribes.ListTribesAsync(list, silo.AsAgent());
        await silo.Tribes.ListTribesAsync(new ListTribesRequest { Purpose = Purpose, Topic = "router" }, silo.AsAgent());

        var trends = new GetTrendsRequest { TribeId = _tribes[0], Purpose = Purpose, FromTime = silo.Now.AddDays(-30).ToTimestamp(), UntilTime = silo.Now.ToTimestamp(), PageSize = 1 };
        trends.PageToken = (await silo.Tribes.GetTrendsAsync(trends, silo.AsAgent())).NextPageToken;
        await silo.Tribes.GetTrendsAsync(trends, silo.AsAgent());
    }
}
