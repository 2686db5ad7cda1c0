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

    /// <summary>What no customer is asked: whoever knows of it is told at once that it is settled.</summary>
    private const string SomethingElse = "00000000000000000000000000000000";

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(20);

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task NextRequests_AllReadersHaveLeft_TheirPlacesAreFree()
    {
        await using var silo = await GroupSilo.Start(_data.Path);
        var customer = silo.Customer(_me);
        await Watched.Make(silo, _me);
        using var left = new CancellationTokenSource();
        var reads = Enumerable.Range(0, Limits.Watches.OfCustomer).Select(_ => customer.NextRequests([], left.Token)).ToArray();
        Assert.Equal(RefusalReason.LimitReached, (await customer.NextRequests([])).Refusal!.Reason);

        await left.CancelAsync();
        Assert.All(await Task.WhenAll(reads.Select(IsCancelled)), Assert.True);

        // The grain hears of it a moment after the readers, and the clock stands still: without it they would keep their places for ever.
        using var looks = new PeriodicTimer(_pause);
        using var tooLong = new CancellationTokenSource(_longest);
        while (!(await customer.NextRequests([SomethingElse])).IsOk)
        {
            await looks.WaitForNextTickAsync(tooLong.Token);
        }
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
