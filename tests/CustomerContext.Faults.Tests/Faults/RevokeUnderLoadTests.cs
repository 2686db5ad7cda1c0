using System.Collections.Concurrent;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>A revoke while a hundred lookups and watches are under way: none begun after it is answered with data, no frame follows its reply on the wire. CC_REVOKES times.</summary>
public sealed class RevokeUnderLoadTests(ITestOutputHelper output) : IDisposable
{
    private const int Watches = 50;
    private const int Lookers = 50;
    private const int FrameRounds = 5;

    private static readonly int _revokes = Trials.Count("CC_REVOKES", 3);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly TempFolder _data = new();
    private long _moment;

    [Fact]
    public async Task Revoke_UnderLookupsAndWatches_NothingFollows()
    {
        await using var silo = await SiloProcess.Start(_data.Path);
        for (var i = 0; i < _revokes; i++)
        {
            output.WriteLine(await RevokeOnce(silo, $"revoke{i}@example.org"));
        }
    }

    public void Dispose() => _data.Dispose();

    private async Task<string> RevokeOnce(SiloProcess silo, string email)
    {
        using var client = new SiloClient(silo);
        await using var tap = new WireTap(silo.Grpc);
        using var tapped = new SiloClient(tap.Address, silo.Tokens, oneConnection: true);
        var grant = (await client.MakeCustomer(email, "acme"))[0];
        using var stop = new CancellationTokenSource();

        var watches = Enumerable.Range(0, Watches).Select(_ => tapped.Contexts.WatchContext(Requests.Watch(email), tapped.AsAgentForLong())).ToArray();
        await Task.WhenAll(watches.Select(watch => watch.ResponseStream.MoveNext(CancellationToken.None))).WaitAsync(_longest);
        var drains = Task.WhenAll(watches.Select(Drain));
        var looks = new ConcurrentQueue<Look>();
        var lookers = Task.WhenAll(Enumerable.Range(0, Lookers).Select(_ => Look(client, email, looks, stop.Token)));
        var talk = Talk(client, email, stop.Token);
        await Task.WhenAny(tap.Has(Watches * FrameRounds), drains, lookers, talk).WaitAsync(_longest);

        // The last stream that this connection opens.
        await tapped.Consents.RevokeGrantAsync(Requests.Revoke(grant), tapped.AsCustomer(email));
        var returned = Interlocked.Increment(ref _moment);
        for (var i = 0; i < Lookers; i++)
        {
            await LookOnce(client, email, looks);
        }

        await stop.CancelAsync();
        await Task.WhenAll(lookers, talk, drains).WaitAsync(_longest);

        var wire = WireMessage.In(tap.Data);
        var revoke = wire.Max(message => message.Stream);
        Assert.Empty(RevokeChecker.Lookups(looks, returned));
        Assert.Empty(RevokeChecker.Frames(wire, revoke));
        Assert.Empty(RevokeChecker.Ends(wire, revoke));
        Assert.Equal(Watches + 1, wire.Select(message => message.Stream).Distinct().Count());
        Assert.Contains(looks, look => look.HasData);
        return $"{looks.Count(look => look.HasData)} lookups answered, {looks.Count(look => !look.HasData)} refused, {wire.Count - Watches - 1} frames, none late";
    }

    private static async Task Drain(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        using (watch)
        {
            while (await watch.ResponseStream.MoveNext(CancellationToken.None))
            {
                // What came is read off the wire.
            }
        }
    }

    private async Task Look(SiloClient client, string email, ConcurrentQueue<Look> looks, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await LookOnce(client, email, looks);
        }
    }

    private async Task LookOnce(SiloClient client, string email, ConcurrentQueue<Look> looks)
    {
        var begun = Interlocked.Increment(ref _moment);
        try
        {
            var answer = await Patience.Try(() => client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent()).ResponseAsync);
            looks.Enqueue(new Look(begun, answer.Context is not null));
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
        {
            looks.Enqueue(new Look(begun, false));
        }
    }

    private static async Task Talk(SiloClient client, string email, CancellationToken stop)
    {
        for (var turn = 0; !stop.IsCancellationRequested; turn++)
        {
            var signal = Requests.Publish(Requests.Turn(email, $"{email}.{turn % 5}", turn));
            await Patience.Try(() => client.Signals.PublishSignalsAsync(signal, client.AsAgent()).ResponseAsync);
        }
    }
}
