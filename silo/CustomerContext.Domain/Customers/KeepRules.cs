using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Domain.Customers;

/// <summary>Which signals are kept. Pure.</summary>
public static class KeepRules
{
    /// <summary>
    /// True if <paramref name="signal"/> is kept: its source may be kept now, or the customer takes something back by it, or says that something is wrong, or a network takes back what was
    /// posted there. That must always be possible, so a pause does not stop it.
    /// </summary>
    /// <param name="consent">The customer's consent.</param>
    /// <param name="known">What was known of them before the signals that came together.</param>
    /// <param name="ties">What was known of the people around them then.</param>
    /// <param name="signal">A well-formed signal about the customer.</param>
    /// <param name="now">The instant that counts.</param>
    public static bool Keeps(ConsentState consent, CustomerState known, TiesState ties, Signal signal, DateTimeOffset now) =>
        consent.Collects(signal.Source, now)
        || (signal.Source == SourceId.Customer && TakesBack(consent, known, ties, signal))
        || (signal is TakeBackSignal && consent.Preferences.Collects(signal.Source));

    /// <summary>
    /// Leaving is also a no to what is proposed, so whoever can be proposed something can say it, and it ends whatever is known. Values and corrections are the customer's own word: while that is not kept
    /// at all, there is none to take back and none that could stay.
    /// </summary>
    private static bool TakesBack(ConsentState consent, CustomerState known, TiesState ties, Signal signal) => signal switch
    {
        MembershipSignal { Change: TieChange.Ended } left => consent.Preferences.OfAge || ties.Memberships.Any(one => one.Tribe == left.Tribe),
        RelationshipSignal { Change: TieChange.Ended } ended => TieRules.Find(ties, ended.Other, ended.Kind) is not null,
        CorrectionSignal or TraitSignal { Value.Length: 0 } => consent.Preferences.Collects(SourceId.Customer),
        TraitSignal again => consent.Preferences.Collects(SourceId.Customer) && Says(known, again),
        _ => false,
    };

    /// <summary>True if the customer says it already. An empty value takes back all values of a name, so the others are said again beside it.</summary>
    private static bool Says(CustomerState known, TraitSignal trait) =>
        known.Find(SourceId.Customer)?.Traits.Any(one => one.Name == trait.Name && one.Value == trait.Value) == true;
}
