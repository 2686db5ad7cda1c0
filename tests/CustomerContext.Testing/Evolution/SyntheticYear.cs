using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;

namespace CustomerContext.Testing.Evolution;

/// <summary>A jump of the true mood on a day, for a reason.</summary>
public sealed record Jump(int Day, double By, string Topic);

/// <summary>
/// A year of one made-up customer whose true mood is known: it stays where it is but for jumps, every two months or so. Messages come at random (Poisson), each in a conversation of
/// its own, with a score near the mood; the first message after a jump is about its reason, and later ones often are. Always the same by seed.
/// </summary>
public sealed class SyntheticYear
{
    /// <summary>Length of the history, in days.</summary>
    public const int Days = 365;

    /// <summary>Standard deviation of a message's score around the mood.</summary>
    public const double Deviation = 0.5;

    private const double ReasonShare = 0.6;
    private static readonly string[] _everyday = ["app", "invoice", "price", "router"];
    private static readonly string[] _reasons = ["delivery", "refund", "outage", "defect", "warranty", "fee"];
    private readonly Random _random;
    private readonly double _perDay;

    /// <param name="seed">Makes the history.</param>
    /// <param name="perDay">Mean number of messages a day.</param>
    /// <param name="size">How far the mood jumps, either way; 0 for a year without jumps.</param>
    public SyntheticYear(int seed, double perDay, double size)
    {
        _random = new Random(seed);
        _perDay = perDay;
        Jumps = size == 0 ? [] : [.. MakeJumps(size)];
    }

    /// <summary>The first moment of day 0: a Thursday, 00:00 UTC.</summary>
    public static DateTimeOffset Start { get; } = new(2025, 11, 20, 0, 0, 0, TimeSpan.Zero);

    /// <summary>What truly happened.</summary>
    public IReadOnlyList<Jump> Jumps { get; }

    /// <summary>The messages of a day, oldest first, as they enter the grain. To be asked for day by day from 0 on.</summary>
    public IEnumerable<ScoredSignal> MessagesOf(int day)
    {
        var mood = Jumps.Where(jump => jump.Day <= day).Sum(jump => jump.By) + Level;
        var reason = Jumps.LastOrDefault(jump => jump.Day <= day && day < jump.Day + 7)?.Topic;
        var count = Poisson(_perDay);
        foreach (var (place, second) in Enumerable.Range(0, count).Select(_ => _random.Next(86_400)).Order().Index())
        {
            var topic = reason is not null && _random.NextDouble() < ReasonShare ? reason : _everyday[_random.Next(_everyday.Length)];
            var score = Math.Clamp(mood + (Deviation * Normal()), -1, 1);
            yield return new ScoredSignal(
                new ConversationSignal
                {
                    Id = $"{day}-{place}",
                    Source = new SourceId("acme/crm"),
                    OccurredAt = Start.AddDays(day).AddSeconds(second),
                    ConversationId = $"{day}-{place}",
                    Channel = "chat",
                    Role = Role.Customer,
                    State = ConversationState.Closed,
                    Topics = [topic],
                },
                new Observation((int)Math.Round(1_000 * score), _random.Next(500, 1_001), Provenance.Inferred));
        }
    }

    private double Level => Jumps.Count == 0 ? 0 : -Jumps[0].By / 2;

    /// <summary>Up, down, up ..., so that the mood stays in the middle of the scale.</summary>
    private IEnumerable<Jump> MakeJumps(double size)
    {
        var sign = _random.Next(2) == 0 ? 1 : -1;
        for (var day = 30 + _random.Next(30); day < Days - 10; day += 45 + _random.Next(30))
        {
            yield return new Jump(day, sign * size, _reasons[_random.Next(_reasons.Length)]);
            sign = -sign;
        }
    }

    private int Poisson(double mean)
    {
        var (count, product, least) = (0, _random.NextDouble(), Math.Exp(-mean));
        while (product > least)
        {
            count++;
            product *= _random.NextDouble();
        }

        return count;
    }

    /// <summary>Box and Muller 1958.</summary>
    private double Normal() => Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
}
