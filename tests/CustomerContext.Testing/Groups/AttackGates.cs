using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Networks;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Testing.Groups;

/// <summary>What an attacker reads of a group on one day. The product's gates, or none at all: a double for tests only.</summary>
public interface IAttackGate
{
    /// <summary>Passes the day's release time, and reads all that there is to read: always so many numbers.</summary>
    double[] Read(AttackTown town, DateTimeOffset at);
}

/// <summary>A gate left open: the exact mean of those who are heard, at any time, and how many they are.</summary>
public sealed class OpenGate : IAttackGate
{
    /// <inheritdoc/>
    public double[] Read(AttackTown town, DateTimeOffset at)
    {
        var sums = GroupSums.Of(town.Group, at).All;
        return [sums.Voices, sums.Voices == 0 ? 0 : sums.Score / (50.0 * sums.Voices), 0, 0, 0, 0];
    }
}

/// <summary>A tribe's gate.</summary>
public sealed class TribeGate(ulong seed) : IAttackGate
{
    private TribeHistory _history = TribeHistory.Empty;
    private ulong _day;

    /// <inheritdoc/>
    public double[] Read(AttackTown town, DateTimeOffset at)
    {
        _history = TribeReleaseRules.Release(_history, GroupSums.Of(town.Group, at), new ReleaseSeed(seed, _day++), 0, at);
        if (_history.Last is not { } last)
        {
            return new double[6];
        }

        town.Replace(GroupRules.RecordReleased(town.Group, at));
        return
        [
            last.Heard,
            (last.Corrected?.Score ?? last.Known!.Score ?? 0) / 1000.0,
            (last.Shown ?? 0) / 1000.0,
            (last.Corrected?.Low ?? last.Known!.Low) / 1000.0,
            (last.Corrected?.High ?? last.Known!.High) / 1000.0,
            last.Direction switch { Domain.Customers.Direction.Rising => 1, Domain.Customers.Direction.Falling => -1, _ => 0 },
        ];
    }
}

/// <summary>The gate of trends for third parties: the same release, of which only a score and a count are shown.</summary>
public sealed class TrendGate(ulong seed) : IAttackGate
{
    private TribeHistory _history = TribeHistory.Empty;
    private ulong _day;

    /// <inheritdoc/>
    public double[] Read(AttackTown town, DateTimeOffset at)
    {
        _history = TribeReleaseRules.Release(_history, GroupSums.Of(town.Group, at), new ReleaseSeed(seed, _day++), 0, at);
        return _history.Points is [.., { Score: { } score } point] ? [point.Heard, score / 1000.0, 0, 0, 0, 0] : new double[6];
    }
}

/// <summary>A network's gate.</summary>
public sealed class NetworkGate(ulong seed) : IAttackGate
{
    private NetworkState _state = NetworkState.Empty;

    /// <inheritdoc/>
    public double[] Read(AttackTown town, DateTimeOffset at)
    {
        var step = NetworkReleaseRules.Release(_state, town.Group, new ReleaseSeed(seed, (ulong)NetworkReleaseRules.NoiseFrom(at).ToUnixTimeSeconds()), at);
        _state = step.State;
        town.Replace(step.Members);
        return _state.Mood is { } mood
            ?
            [
                1,
                (int)mood.Word - (int)MoodWord.Mixed,
                (int)mood.Size,
                (at - mood.At).TotalDays,
                mood.Week switch { Domain.Customers.Direction.Rising => 1, Domain.Customers.Direction.Falling => -1, _ => 0 },
                mood.Month switch { Domain.Customers.Direction.Rising => 1, Domain.Customers.Direction.Falling => -1, _ => 0 },
            ]
            : new double[6];
    }
}
