using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>The record of looks as it grows: each look once, in order, without a gap, also across a broken stream.</summary>
public sealed class WatchDisclosuresTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    private readonly string _email = $"{Requests.NewId()}@example.org";

    [Fact]
    public async Task WatchDisclosures_LooksMadeMeanwhile_PushedInOrder()
    {
        await running.Client.MakeCustomer(_email, "acme");
        using var stop = new CancellationTokenSource(_longest);
        using var watch = Watch("", stop.Token);
        var first = watch.ResponseStream.MoveNext(stop.Token);

        // The first look tells that the watch is open: everything after it must come.
        var looked = await LookUntil(first);
        looked.AddRange(await Look(5));

        var pushed = new List<Disclosure> { watch.ResponseStream.Current.Disclosure };
        while (pushed[^1].DisclosureId != looked[^1])
        {
            Assert.True(await watch.ResponseStream.MoveNext(stop.Token));
            pushed.Add(watch.ResponseStream.Current.Disclosure);
        }

        Assert.Equal(looked.TakeLast(pushed.Count), pushed.Select(one => one.DisclosureId));
        Assert.All(pushed.Zip(pushed.Skip(1)), pair => Assert.Equal(pair.First.Hash, pair.Second.PreviousHash));
    }

    [Fact]
    public async Task WatchDisclosures_ResumedAfterABreak_NothingMissing()
    {
        await running.Client.MakeCustomer(_email, "acme");
        using var stop = new CancellationTokenSource(_longest);
        string token;
        using (var watch = Watch("0.0000000000000000", stop.Token))
        {
            await watch.ResponseStream.MoveNext(stop.Token);
            Assert.Equal(1, watch.ResponseStream.Current.Disclosure.Sequence);
            token = watch.ResponseStream.Current.ResumeToken;
        }

        await Look(250);
        using var again = Watch(token, stop.Token);
        for (var sequence = 2; sequence <= 252; sequence++)
        {
            await again.ResponseStream.MoveNext(stop.Token);
            Assert.Equal(sequence, again.ResponseStream.Current.Disclosure.Sequence);
        }
    }

    [Fact]
    public async Task WatchDisclosures_TokenOfAnotherLog_TooOld()
    {
        await running.Client.MakeCustomer(_email, "acme");
        using var stop = new CancellationTokenSource(_longest);

        foreach (var token in new[] { "1.0123456789abcdef", "99.0123456789abcdef" })
        {
            using var watch = Watch(token, stop.Token);
            var refused = await Assert.ThrowsAsync<RpcException>(() => watch.ResponseStream.MoveNext(stop.Token));
            Assert.Equal(StatusCode.OutOfRange, refused.StatusCode);
        }

        using var broken = Watch("no token", stop.Token);
        Assert.Equal(StatusCode.InvalidArgument, (await Assert.ThrowsAsync<RpcException>(() => broken.ResponseStream.MoveNext(stop.Token))).StatusCode);
    }

    [Fact]
    public async Task WatchDisclosures_CustomerErased_EndsAfterTheLastRecord()
    {
        await running.Client.MakeCustomer(_email, "acme");
        using var stop = new CancellationTokenSource(_longest);
        using var watch = Watch("0.0000000000000000", stop.Token);
        await watch.ResponseStream.MoveNext(stop.Token);

        await running.Client.Consents.EraseCustomerAsync(
            new EraseCustomerRequest { RequestId = Requests.NewId() }, running.Client.AsCustomer(_email, _longest));

        WatchDisclosuresResponse? last = null;
        while (await watch.ResponseStream.MoveNext(stop.Token))
        {
            last = watch.ResponseStream.Current;
        }

        Assert.Equal(WatchEndReason.GrantRevoked, last!.Ended.Reason);
    }

    private AsyncServerStreamingCall<WatchDisclosuresResponse> Watch(string token, CancellationToken stop) => running.Client.Consents.WatchDisclosures(
        new WatchDisclosuresRequest { ResumeToken = token }, running.Client.AsCustomer(_email, _longest).WithCancellationToken(stop));

    private async Task<List<string>> LookUntil(Task seen)
    {
        var looked = new List<string>();
        while (!seen.IsCompleted)
        {
            looked.AddRange(await Look(1));
        }

        await seen;
        return looked;
    }

    private async Task<List<string>> Look(int times)
    {
        var looked = new List<string>();
        for (var look = 0; look < times; look++)
        {
            looked.Add((await running.Client.Contexts.GetContextAsync(Requests.Lookup(_email), running.Client.AsAgent())).DisclosureId);
        }

        return looked;
    }
}
