using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Tribes;
using CustomerContext.Silo.Api.Contexts;
using CustomerContext.Silo.Config;
using Google.Protobuf.WellKnownTypes;
using Direction = CustomerContext.V1.Direction;

namespace CustomerContext.Silo.Api.Tribes;

/// <summary>Tribes and their releases as the contract has them.</summary>
internal static class TribeTranslator
{
    /// <summary>The tribe.</summary>
    public static V1.Tribe ToProto(TribeInfo tribe) =>
        new() { TribeId = tribe.Id.Value, DisplayName = tribe.Name, Origin = V1.TribeOrigin.Joined, Topics = { tribe.Topics } };

    /// <summary>What <paramref name="tribe"/> shows now; absent if too few were heard.</summary>
    public static V1.TribeRelease? ToProto(Domain.Common.TribeId tribe, TribeRelease? release)
    {
        if (release is null)
        {
            return null;
        }

        var message = new V1.TribeRelease
        {
            TribeId = tribe.Value,
            ReleaseNumber = release.Number,
            ReleaseTime = release.At.ToTimestamp(),
            NextReleaseTime = release.NextAt.ToTimestamp(),
            Corrected = release.Corrected is { } corrected
                ? new V1.CorrectedMood { Score = corrected.Score.Ratio(), IntervalLow = corrected.Low.Ratio(), IntervalHigh = corrected.High.Ratio() }
                : null,
            Known = release.Known is { } known ? KnownOf(known) : null,
            Direction = DirectionOf(release.Direction),
            TopTopics = { release.TopTopics },
            HeardCount = release.Heard,
            MemberCount = release.Members,
            NoiseEpsilon = Limits.Tribes.EpsilonPerDay,
        };
        if (release.Shown is { } shown)
        {
            message.ShownScore = shown.Ratio();
        }

        return message;
    }

    /// <summary>The points of a trend, oldest first, each with a token whose order is theirs.</summary>
    public static IEnumerable<(DateTimeOffset At, string Token, V1.TrendPoint Point)> Trend(TribeHistory history) => history.Points.Select(point =>
    {
        var shown = new V1.TrendPoint { ReleaseTime = point.At.ToTimestamp() };
        if (point.Score is { } score)
        {
            (shown.Score, shown.HeardCount) = (score.Ratio(), point.Heard);
        }

        return (point.At, point.At.ToUnixTimeSeconds().ToString("D12", CultureInfo.InvariantCulture), shown);
    });

    private static V1.KnownStrata KnownOf(KnownStrata known)
    {
        var message = new V1.KnownStrata { Share = known.Share.Ratio(), BoundLow = known.Low.Ratio(), BoundHigh = known.High.Ratio() };
        if (known.Score is { } score)
        {
            message.Score = score.Ratio();
        }

        return message;
    }

    /// <summary>A direction.</summary>
    public static Direction DirectionOf(Domain.Customers.Direction direction) =>
        direction == Domain.Customers.Direction.Unknown ? Direction.Unknown : (Direction)direction;
}
