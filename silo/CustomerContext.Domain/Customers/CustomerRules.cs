using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>How a signal changes what is known of a customer. Pure.</summary>
public static class CustomerRules
{
    /// <summary>
    /// The state after <paramref name="scored"/>, a well-formed signal about <paramref name="customer"/>. The same signals in any order give the
    /// same state, as long as nothing has to be evicted.
    /// </summary>
    /// <param name="customer">Whom it is about.</param>
    /// <param name="state">What is known.</param>
    /// <param name="scored">The signal, scored.</param>
    /// <param name="ofNetwork">True if its source is a network that the customer connected: it may take back what it sent.</param>
    /// <returns>
    /// The state, unchanged for a duplicate; or a refusal, with nothing changed: <see cref="RefusalReason.TooLate"/>, or
    /// <see cref="RefusalReason.LimitReached"/> for a ninth source, or for a seventeenth trait or a ninth corrected topic of one source.
    /// </returns>
    public static Outcome<Applied> Apply(CustomerKey customer, CustomerState state, ScoredSignal scored, bool ofNetwork = false)
    {
        var signal = scored.Signal;
        var entry = WindowRules.EntryOf(customer, signal);
        if (signal is TakeBackSignal back)
        {
            return TakeBack(state, back, entry);
        }

        var window = WindowRules.Of(state, signal);
        if (WindowRules.Contains(window, entry))
        {
            return new Applied(state, IsDuplicate: true);
        }

        if (entry <= window.Horizon)
        {
            return new Refusal(RefusalReason.TooLate);
        }

        var taken = state.Taken + 1;
        state = Retention.Advance(state, entry.Second);
        if (state.Find(signal.Source) is null)
        {
            if (state.Sources.Length == Limits.Customers.Sources)
            {
                return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Customers.Sources} sources");
            }

            state = state.With(SourceContext.Of(signal.Source));
        }

        var changed = Change(state, scored);
        if (!changed.IsOk)
        {
            return changed.Refusal;
        }

        state = ofNetwork ? RecentPostRules.Note(changed.Value, scored) : changed.Value;
        state = WindowRules.Add(Retention.Prune(state), signal, entry) with { Taken = taken };
        return new Applied(StateTrim.Fit(state), IsDuplicate: false);
    }

    /// <summary>The state without everything that came from <paramref name="source"/>. Used when the customer withdraws <em>collect</em> for it.</summary>
    public static CustomerState Forget(CustomerState state, SourceId source) =>
        state.Find(source) is { } known ? state with { Sources = state.Sources.Remove(known) } : state;

    /// <summary>The state with only those sources for which <paramref name="preferences"/> allow <em>collect</em>.</summary>
    public static CustomerState OnlyCollected(CustomerState state, Preferences preferences) => state.Sources
        .Where(source => !preferences.Collects(source.Source))
        .Aggregate(state, (kept, source) => Forget(kept, source.Source) with { Taken = kept.Taken + 1 });

    /// <summary>
    /// The state without the post, if it can still be taken back. One that has not come yet never counts when it comes; the same for one sent again, since the window keeps its id.
    /// </summary>
    private static Applied TakeBack(CustomerState state, TakeBackSignal signal, WindowEntry entry)
    {
        if (RecentPostRules.Find(state, signal) is { } post)
        {
            return new Applied(RecentPostRules.Without(state, signal.Source, post) with { Taken = state.Taken + 1 }, IsDuplicate: false);
        }

        return WindowRules.Contains(state.Window, entry) || entry <= state.Window.Horizon
            ? new Applied(state, IsDuplicate: true)
            : new Applied(WindowRules.Add(state, signal, entry), IsDuplicate: false);
    }

    private static Outcome<CustomerState> Change(CustomerState state, ScoredSignal scored)
    {
        var stamp = Stamp.Of(scored.Signal);
        return scored.Signal switch
        {
            ConversationSignal turn => ConversationRules.Take(state, turn, stamp, scored.Observation),
            BehaviourSignal behaviour => BehaviourRules.Take(state, behaviour, stamp),
            SurveySignal survey => SurveyRules.Take(state, survey, stamp, scored.Observation),
            OutcomeSignal outcome => OutcomeRules.Take(state, outcome, stamp),
            TraitSignal trait => TraitRules.Take(state, trait.Source, new TraitEntry(trait.Name, trait.Value, stamp, Corrects: false)),
            CorrectionSignal correction => CorrectionRules.Take(state, correction, stamp),
            _ => throw new ArgumentOutOfRangeException(nameof(scored), "Not a kind of signal."),
        };
    }
}

/// <summary>The result of applying a signal.</summary>
/// <param name="State">The state with it.</param>
/// <param name="IsDuplicate">True if it had been taken before; the state is then the same object.</param>
[GenerateSerializer, Immutable, Alias("Applied")]
public sealed record Applied([property: Id(0)] CustomerState State, [property: Id(1)] bool IsDuplicate);

/// <summary>The states of two customers who are one person (<see cref="MergeRules"/>), combined for one look. The combined state is never stored.</summary>
public static class MergedContext
{
    /// <summary>
    /// Both contexts in one state. A source that sent signals about both customers is in the list twice: its sums are added, and of its single values (corrections, traits)
    /// the latest counts, as between any two sources.
    /// </summary>
    public static CustomerState Of(CustomerState one, CustomerState other) => one with
    {
        Newest = Math.Max(one.Newest, other.Newest),
        Sources = [.. one.Sources.Concat(other.Sources).OrderBy(source => source.Source.Value, StringComparer.Ordinal)],
        Taken = one.Taken + other.Taken,
    };
}
