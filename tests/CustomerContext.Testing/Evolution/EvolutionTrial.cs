using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;

namespace CustomerContext.Testing.Evolution;

/// <summary>
/// Replays synthetic years and counts what the product says of them, and what the plain rule would say: mean of the day minus mean of the week before, a change from 0.2 on.
/// </summary>
public sealed class EvolutionTrial
{
    private const double PlainLeast = 0.2;
    private const int WarmUp = 20;
    private const int Grace = 7;
    private static readonly ContextView _all = ContextView.Whole(SourceScope.Of([new TenantId("acme")], []));

    /// <summary>What the change points say.</summary>
    public Tally Changes { get; } = new();

    /// <summary>What the trend says at the end of each day.</summary>
    public Tally Trend { get; } = new();

    /// <summary>What the plain rule says at the end of each day.</summary>
    public Tally Plain { get; } = new();

    /// <summary>Change points of true jumps that name a topic, and how many name the true one.</summary>
    public (int Named, int Right) Topics { get; private set; }

    /// <summary>Replays one year.</summary>
    public void Add(SyntheticYear year)
    {
        var state = CustomerState.Empty;
        var key = new CustomerKey("0123456789abcdef0123456789abcdef");
        var means = new double?[SyntheticYear.Days];
        var changes = new Dictionary<int, ChangePoint>();
        var (trends, plain) = (new Dictionary<int, int>(), new Dictionary<int, int>());
        for (var day = 0; day < SyntheticYear.Days; day++)
        {
            var messages = year.MessagesOf(day).ToList();
            state = messages.Aggregate(state, (known, signal) => CustomerRules.Apply(key, known, signal).Value!.State);
            means[day] = messages.Count == 0 ? null : messages.Average(signal => signal.Observation!.Value.Score / 1_000.0);
            if (day < WarmUp)
            {
                continue;
            }

            var said = SnapshotRules.Snapshot(state, _all, SyntheticYear.Start.AddDays(day + 1).AddMinutes(-1)).Sentiment;
            foreach (var change in said.Changes)
            {
                changes.TryAdd((int)(change.Day - SyntheticYear.Start).TotalDays, change);
            }

            trends[day] = said.Trend.Direction switch { Direction.Rising => 1, Direction.Falling => -1, _ => 0 };
            var week = means[(day - 7)..day].OfType<double>().ToList();
            var difference = means[day] is { } mean && week.Count > 0 ? mean - week.Average() : 0;
            plain[day] = Math.Abs(difference) >= PlainLeast ? Math.Sign(difference) : 0;
        }

        Changes.Count(year.Jumps, changes.Where(change => change.Key >= WarmUp).ToDictionary(change => change.Key, change => Math.Sign(change.Value.Change)));
        Trend.Count(year.Jumps, trends);
        Plain.Count(year.Jumps, plain);
        var found = year.Jumps.Select(jump => (jump, Change: changes.GetValueOrDefault(jump.Day))).Where(found => found.Change?.Topic is not null).ToList();
        Topics = (Topics.Named + found.Count, Topics.Right + found.Count(pair => pair.Change!.Topic == pair.jump.Topic));
    }

    /// <summary>Jumps found, and alarms without a jump.</summary>
    public sealed class Tally
    {
        private int _quietDays;

        /// <summary>True jumps.</summary>
        public int Jumps { get; private set; }

        /// <summary>Of these, said with the right sign on the day or within the week after it.</summary>
        public int Found { get; private set; }

        /// <summary>Of these, said for the day itself.</summary>
        public int FoundAtOnce { get; private set; }

        /// <summary>Days on which a change was said although there was none, or the wrong way.</summary>
        public int FalseAlarms { get; private set; }

        /// <summary>False alarms in a year of days without a jump in the week before.</summary>
        public double FalseAlarmsAYear => _quietDays == 0 ? 0 : 365.0 * FalseAlarms / _quietDays;

        internal void Count(IReadOnlyList<Jump> jumps, IReadOnlyDictionary<int, int> said)
        {
            Jumps += jumps.Count;
            Found += jumps.Count(jump => Enumerable.Range(jump.Day, Grace).Any(day => said.GetValueOrDefault(day) == Math.Sign(jump.By)));
            FoundAtOnce += jumps.Count(jump => said.GetValueOrDefault(jump.Day) == Math.Sign(jump.By));
            for (var day = WarmUp; day < SyntheticYear.Days; day++)
            {
                // The seven days before a day reach back to a jump for a week after it, and its other side for one more.
                if (!jumps.Any(jump => day >= jump.Day && day <= jump.Day + Grace + 1))
                {
                    _quietDays++;
                    FalseAlarms += said.GetValueOrDefault(day) != 0 ? 1 : 0;
                }
            }
        }
    }
}
