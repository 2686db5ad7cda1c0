using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Watches;

/// <summary>Readers who leave, and frames that are on their way to them.</summary>
public sealed class LeavingReaderTests : IDisposable
{
    private static readonly CustomerKey _me = new($"{1:x32}");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task NextRequests_AllReadersHaveLeft_TheirPlacesAreFree()
    {
        await using var silo = await GroupSilo.Start(_data.Path);
        var customer = silo.Customer(_me);
        await Watched.Make(silo, _me);
        using var left = new CancellationTokenSource();
        var reads = Enumerable.Range(0, Limits.Watches.PerCustomer).Select(_ => customer.NextRequests([], left.Token)).ToArray();
        Assert.Equal(RefusalReason.LimitReached, (await customer.NextRequests([])).Refusal!.Reason);

        await left.CancelAsync();
        Assert.All(await Task.WhenAll(reads.Select(IsCancelled)), Assert.True);

        // It waits like any other; a refusal would be there at once.
        var rest = silo.Time.TimerDueAt(silo.Time.GetUtcNow() + Limits.Watches.Heartbeat);
        var next = customer.NextRequests([]);
        Assert.Same(rest, await Task.WhenAny(next, rest));
        silo.Time.Advance(Limits.Watches.Heartbeat);
        Assert.True((await next).IsOk);
    }

    [Fact]
    public async Task RevokeGrant_TheCalendarJumpsWhileAFrameIsOut_WaitsUntilItsTimeIsUp()
    {
        var calendar = new JumpingTime();
        await using var silo = await GroupSilo.Start(_data.Path, calendar);
        var customer = silo.Customer(_me);
        var grant = await Watched.Make(silo, _me);
        Assert.NotNull((await customer.NextStep(await Watched.Open(customer))).Frame);
        var begun = TimeProvider.System.GetTimestamp();

        calendar.Jump(TimeSpan.FromHours(1));
        await customer.RevokeGrant(new RevokeGrant("r", grant));

        // Nobody said that the frame had arrived. Less than the whole, since its time began before this one.
        Assert.True(TimeProvider.System.GetElapsedTime(begun) > Limits.Watches.FrameWrite / 2);
    }

    private static async Task<bool> IsCancelled(Task read)
    {
        try
        {
            await read;
            return false;
        }
        catch (OperationCanceledException)
        {
            return true;
        }
    }
}
