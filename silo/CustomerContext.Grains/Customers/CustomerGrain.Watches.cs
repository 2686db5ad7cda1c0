using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Interactions;
using CustomerContext.Grains.Durability;

namespace CustomerContext.Grains.Customers;

/// <summary>Watches: the reader asks for one step at a time, so at most one frame of each is on its way.</summary>
internal sealed partial class CustomerGrain
{
    private const int NameBytes = 16;

    private readonly RepeatedWork _closing;

    /// <summary>How often the linked customer said that they had learnt something.</summary>
    private long _partnerNews;

    /// <summary>How many watches have been ended, or their frame outdated, by changes of consent.</summary>
    private long _endedWatches;

    public async Task<Outcome<string>> OpenWatch(WatchRequest request)
    {
        _waits.ThrowIfLeaving(this);
        await _context.Ready();
        request = request with { Look = await Joined(request.Look) };
        var name = Convert.ToHexStringLower(_entropy.Bytes(NameBytes).AsSpan());
        try
        {
            return await OpenWatch(request, name);
        }
        finally
        {
            if (_watches.Find(name) is null)
            {
                _watches.GiveBack(name);
            }
        }
    }

    private async Task<Outcome<string>> OpenWatch(WatchRequest request, string name)
    {
        var opened = await Jointly<Watch>(request.Look, DisclosureKind.WatchOpened, name, (consent, partner) =>
        {
            var now = _time.GetUtcNow();
            var decided = Decide(consent, request.Look.Read, partner, now);

            // In this order: who may not look does not learn that others do.
            if (decided.IsOk && _watches.Reserve(name, request.Look.Read.Tenant) is { } noRoom)
            {
                decided = noRoom;
            }

            return decided.IsOk
                ? new(
                    new Watch(name, request, decided.Value, now) { Partner = partner },
                    CallRules.Touch(consent, request.Look.Read, request.Look.Actor, decided.Value, now),
                    DisclosureRecord.Of(DisclosureKind.WatchOpened, request.Look.Read, request.Look.Actor, decided.Value, now, name).ToBytes())
                : new(decided.Refusal, consent);
        });
        if (opened.Result.Value is not { } watch || opened.Entry is not { } entry)
        {
            return Counted(opened.Result, request.Look.Read.Tenant).Refusal!;
        }

        watch.Record = entry.Hash;
        _watches.Add(watch);
        return name;
    }

    public async Task<WatchStep> NextStep(string watch, CancellationToken left)
    {
        var asked = _time.GetTimestamp();
        await _context.Ready();
        if (_watches.Find(watch) is not { } open)
        {
            return new WatchStep(End: WatchEnd.Lost);
        }

        if (open.IsShowing is { } arrived)
        {
            _metrics.Shown(arrived);
        }

        open.FrameIsBack();
        while (true)
        {
            var now = _time.GetUtcNow();
            if (now >= open.Request.Until)
            {
                open.Stop(WatchEnd.TimeLimit);
            }

            if (open.End is { } reason)
            {
                await Close(open);
                return new WatchStep(End: reason);
            }

            if (HasNews(open, now) && await Frame(open, asked) is { } frame)
            {
                return frame;
            }

            var rest = Limits.Watches.Heartbeat - _time.GetElapsedTime(asked);
            if (rest <= TimeSpan.Zero)
            {
                return new WatchStep();
            }

            if (open.End is null)
            {
                await NewsOf(open, Earliest(now + rest, open) - now, left);
            }
        }
    }

    /// <summary>Waits for news of a watch. At a silo that stops the watch is over, and on record as such before the grain leaves.</summary>
    private async Task NewsOf(Watch watch, TimeSpan atMost, CancellationToken left)
    {
        try
        {
            await _waits.Until(this, watch.Woken(), atMost, left);
        }
        catch (SiloLeavingException)
        {
            watch.Stop(WatchEnd.Lost);
        }
    }

    public async Task CloseWatch(string watch)
    {
        if (_watches.Find(watch) is { } open)
        {
            open.Stop(WatchEnd.Left);
            await Close(open);
        }
    }

    private Learnt LearntNow => new(_context.Visible.Taken + _ties.Visible.Taken, _partnerNews);

    private bool HasNews(Watch watch, DateTimeOffset now) =>
        watch.Seen != LearntNow || now >= watch.GoodUntil || now >= watch.HourEnds || now >= watch.Decision.ValidUntil;

    private static DateTimeOffset Earliest(DateTimeOffset heartbeatAt, Watch watch) =>
        new[] { heartbeatAt, watch.GoodUntil, watch.HourEnds, watch.Decision.ValidUntil, watch.Request.Until }.Min();

    /// <summary>The next frame, under consent that the store has confirmed; absent if the watch has to end instead, or if nothing that it may see could be reached.</summary>
    private async Task<WatchStep?> Frame(Watch watch, long asked)
    {
        // Noted before the linked customer is asked: what they learn while they answer may not be in the answer.
        var learnt = LearntNow;
        var around = new Around(await Tribes(watch.Read), await Named(watch.Read));
        var isHour = _time.GetUtcNow() >= watch.HourEnds;
        var granted = watch.Decision.Grants;
        var decided = await Jointly<LookAnswer?>(
            watch.Request.Look with { Read = watch.Read }, isHour ? DisclosureKind.WatchHour : null, watch.Name, (consent, partner) =>
            {
                var now = _time.GetUtcNow();
                learnt = learnt with { Own = LearntNow.Own };
                watch.Partner = partner;
                Recheck(watch, consent, now);
                if (watch.End is not null)
                {
                    return new((LookAnswer?)null, consent);
                }

                granted = watch.Decision.Grants;
                var shown = UnreachableRules.Without(watch.Decision, around.Tribes.Unreachable).Value;
                var answer = shown is null ? null : Answer(watch.Read.Tenant, shown, consent, partner, around, now);
                return new(answer, consent, isHour ? HourRecord(watch, now).ToBytes() : default, MustBeCurrent: true);
            });

        // From here to the return nothing is awaited: either a change of consent came first and ended the watch, or it will find this frame on its way.
        if (watch.End is not null)
        {
            return null;
        }

        var now = _time.GetUtcNow();
        if (decided.Entry is { } hour)
        {
            watch.Record = hour.Hash;
            watch.HourEnds = now + Limits.Watches.RecordEvery;
        }

        // The time of what was decided may have ended while the store confirmed it. And a change of consent that was appended together with this may have left
        // the same to be seen, under other grants: the frame must name those.
        if (now >= watch.Decision.ValidUntil || !granted.SequenceEqual(watch.Decision.Grants))
        {
            return await Frame(watch, asked);
        }

        var askAgain = watch.Decision.Facets.Intersect(around.Tribes.Unreachable).IsEmpty ? DateTimeOffset.MaxValue : now + Limits.Groups.AskAgain;
        if (decided.Result.Value is not { } answer)
        {
            watch.Seen = learnt;
            watch.GoodUntil = askAgain;
            return null;
        }

        watch.IsShowing = watch.Seen is { Own: var seen } && seen < _latestSignals.Version && _latestSignals.Version <= learnt.Own ? _latestSignals.Arrived : null;
        watch.Seen = learnt;
        watch.GoodUntil = answer.Parts.Select(part => part.Snapshot.GoodUntil).Append(askAgain).Min();
        var leaves = _time.GetTimestamp();
        watch.FrameLeaves(leaves);
        return new WatchStep(answer with { Record = watch.Record }, _time.GetElapsedTime(asked, leaves) + Limits.Watches.FrameWrite);
    }

    private static DisclosureRecord HourRecord(Watch watch, DateTimeOffset now) =>
        DisclosureRecord.Of(DisclosureKind.WatchHour, watch.Read, watch.Request.Look.Actor, watch.Decision, now, watch.Name);

    private void RecheckWatches(ConsentState consent)
    {
        var now = _time.GetUtcNow();
        foreach (var watch in _watches.Open)
        {
            Recheck(watch, consent, now);
            _endedWatches += watch.End is not null || watch.IsFrameOutdated ? 1 : 0;
        }
    }

    /// <summary>Ends the watch if it may see less than it did; takes over what it may see now otherwise.</summary>
    private void Recheck(Watch watch, ConsentState consent, DateTimeOffset now)
    {
        if (watch.Read.Tenant is not null && consent.Merge?.Customer != watch.Partner.Customer)
        {
            // Opened under the consent of one where there are two now, or the other way round.
            watch.Stop(WatchEnd.Narrowed);
        }

        var decided = Decide(consent, watch.Read, watch.Partner, now);
        if (WatchRules.EndOf(watch.Read, watch.Decision, decided, consent, now) is { } end)
        {
            watch.Stop(end);
        }
        else if (decided.IsOk)
        {
            watch.Allow(decided.Value);
        }
    }

    /// <summary>Ends a watch. Its end is on record when this returns; if the store fails, it will be, for it is repeated.</summary>
    private async Task Close(Watch watch)
    {
        _watches.Close(watch, DisclosureRecord.Of(
            DisclosureKind.WatchClosed, watch.Read, watch.Request.Look.Actor, watch.Decision, _time.GetUtcNow(), watch.Name));
        await _closing.Run();
    }

    private async Task RecordClosed()
    {
        while (_watches.Closed is { } closed)
        {
            var isRepeat = closed.WasTried;
            closed.WasTried = true;
            await Note(closed.Record, isRepeat);
            if (closed.Partner is { } partner)
            {
                await GrainFactory.GetGrain<ICustomerGrain>(partner.Value).Note(closed.Record, isRepeat);
            }

            _watches.ClosedIsOnRecord();
        }
    }
}
