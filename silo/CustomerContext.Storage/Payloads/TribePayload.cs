using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Storage.Payloads;

/// <summary>A tribe and its shards.</summary>
internal static class TribePayload
{
    public static IPayloadCodec<TribeState> Codec { get; } = new PayloadCodec<TribeState, Stored.TribeState>(1, ToMessage, FromMessage);

    public static IPayloadCodec<TribeShardState> Shard { get; } = new PayloadCodec<TribeShardState, Stored.TribeShardState>(1, ToMessage, FromMessage);

    private static Stored.TribeState ToMessage(TribeState state)
    {
        var stored = new Stored.TribeState
        {
            Shards = state.Shards,
            Round = state.Round,
            IsMarking = state.IsMarking,
            Question = QuestionPayload.ToMessage(state.Question),
            Readers = ToMessage(state.Readers),
            History = new()
            {
                Number = state.History.Number,
                Cadence = (int)state.History.Cadence,
                Last = ToMessage(state.History.Last),
                Before = ToMessage(state.History.Before),
                Points = { state.History.Points.Select(ToMessage) },
            },
        };
        if (state.Due is { } due)
        {
            stored.DueTicks = Ticks.Of(due);
        }

        return stored;
    }

    private static TribeState FromMessage(Stored.TribeState stored) => new(
        stored.Shards,
        stored.HasDueTicks ? Ticks.Instant(stored.DueTicks) : null,
        stored.Round,
        stored.IsMarking,
        new TribeHistory(
            stored.History.Number,
            (Cadence)stored.History.Cadence,
            FromMessage(stored.History.Last),
            FromMessage(stored.History.Before),
            [.. stored.History.Points.Select(point => new TrendPoint(Ticks.Instant(point.AtTicks), point.HasScore ? point.Score : null, point.Heard))]))
    {
        Question = QuestionPayload.FromMessage(stored.Question),
        Readers = FromMessage(stored.Readers),
    };

    private static Stored.ReadersRelease? ToMessage(ReadersRelease? release) => release is null ? null : new Stored.ReadersRelease
    {
        AtTicks = Ticks.Of(release.At),
        Pages = { release.Pages.Select(page => new Stored.HelpfulPage { Topic = page.With.Topic, Address = page.With.Address, Size = (int)page.Size }) },
    };

    private static ReadersRelease? FromMessage(Stored.ReadersRelease? stored) => stored is null ? null : new ReadersRelease(
        Ticks.Instant(stored.AtTicks),
        [.. stored.Pages.Select(page => new HelpfulPage(new HelpedWith(page.Topic, page.Address), (SizeBand)page.Size))]);

    private static Stored.TribeShardState ToMessage(TribeShardState state)
    {
        var stored = new Stored.TribeShardState { Members = MemberRows.ToMessage(state.Members) };
        if (state.Sealed is { } last)
        {
            (stored.SealedRound, stored.Sealed, stored.IsMarked) = (last.Round, SumsPayload.ToMessage(last.Sums), last.IsMarked);
        }

        return stored;
    }

    private static TribeShardState FromMessage(Stored.TribeShardState stored) => new(
        MemberRows.FromMessage(stored.Members),
        stored.Sealed is { } last ? new SealedSums(stored.SealedRound, SumsPayload.FromMessage(last), stored.IsMarked) : null);

    private static Stored.TrendPoint ToMessage(TrendPoint point)
    {
        var stored = new Stored.TrendPoint { AtTicks = Ticks.Of(point.At), Heard = point.Heard };
        if (point.Score is { } score)
        {
            stored.Score = score;
        }

        return stored;
    }

    private static Stored.TribeRelease? ToMessage(TribeRelease? release)
    {
        if (release is null)
        {
            return null;
        }

        var stored = new Stored.TribeRelease
        {
            Number = release.Number,
            AtTicks = Ticks.Of(release.At),
            NextTicks = Ticks.Of(release.NextAt),
            Direction = (int)release.Direction,
            TopTopics = { release.TopTopics },
            Heard = release.Heard,
            Members = release.Members,
            Cuts = { release.Cuts.Select(cut => new Stored.StandingCut { Topic = cut.Topic, ListenedTo = cut.ListenedTo, LeadingVoice = cut.LeadingVoice }) },
        };
        if (release.Shown is { } shown)
        {
            stored.Shown = shown;
        }

        if (release.Corrected is { } corrected)
        {
            stored.Corrected.AddRange([corrected.Score, corrected.Low, corrected.High]);
        }

        if (release.Known is { } known)
        {
            stored.Known.AddRange([known.Score ?? 0, known.Share, known.Low, known.High]);
        }

        return stored;
    }

    private static TribeRelease? FromMessage(Stored.TribeRelease? stored) => stored is null ? null : new TribeRelease(
        stored.Number,
        Ticks.Instant(stored.AtTicks),
        Ticks.Instant(stored.NextTicks),
        stored.HasShown ? stored.Shown : null,
        stored.Corrected is [var score, var low, var high] ? new CorrectedMood(score, low, high) : null,
        stored.Known is [var known, var share, var least, var most] ? new KnownStrata(share > 0 ? known : null, share, least, most) : null,
        (Direction)stored.Direction,
        [.. stored.TopTopics],
        stored.Heard,
        stored.Members,
        [.. stored.Cuts.Select(cut => new StandingCut(cut.Topic, cut.ListenedTo, cut.LeadingVoice))]);
}
