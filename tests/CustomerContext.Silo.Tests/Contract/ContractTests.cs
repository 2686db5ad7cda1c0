namespace CustomerContext.Silo.Tests.Contract;

/// <summary>Everything that the contract promises is set by somebody: a field that no call ever fills is taken out of it.</summary>
public sealed class ContractTests
{
    /// <summary>Fields that nothing here fills, with the reason. One that is seen after all fails the test as well.</summary>
    private static readonly Dictionary<string, string> _notYet = new()
    {
        ["ReplayWebhooksResponse.message_count"] = "no company has a receiver here: WebhookReplayTests",
    };

    /// <summary>Set in some runs only: whether a tribe of the town fell by more than its interval, and whether a bound of a mood is 0, hangs on the keys that its people drew. TribeCareTests makes one fall.</summary>
    private static readonly string[] _byChance = ["TribeCare.worth_care", "TribeCare.reasons", "KnownStrata.bound_low", "KnownStrata.bound_high"];

    [Fact]
    public async Task Contract_EveryField_IsSetAtLeastOnce()
    {
        await using var silo = await ContractSilo.Start();
        using var streams = await OpenStreams.Start(silo);
        await CatalogPlay.Run(silo);
        await SignalPlay.Run(silo);
        await ContextPlay.Run(silo);
        await GroupPlay.Run(silo);
        await ConsentPlay.Run(silo);
        await JoinPlay.Run(silo);
        await WorkPlay.Run(silo);
        await streams.Heartbeats();
        await LaterPlay.Run(silo, streams);
        await streams.Ends();

        var seen = silo.Fields.Seen.ToHashSet();
        var unseen = SeenFields.OfTheContract.Except(seen).Except(_notYet.Keys).Except(_byChance).Order().ToArray();
        Assert.True(unseen.Length == 0, $"No call set or got these fields: {string.Join(", ", unseen)}");
        var listedInVain = _notYet.Keys.Where(field => seen.Contains(field) || !SeenFields.OfTheContract.Contains(field)).Order().ToArray();
        Assert.True(listedInVain.Length == 0, $"These were seen, or are no fields any more, and must leave the list: {string.Join(", ", listedInVain)}");
    }
}
