using CustomerContext.Domain.Signals;

namespace CustomerContext.Domain.Customers;

/// <summary>How an implicit sign of interest changes what is known: it mentions topics a little, and nothing else.</summary>
internal static class BehaviourRules
{
    public static CustomerState Take(CustomerState state, BehaviourSignal signal, Stamp stamp) =>
        TopicRules.Mention(state, signal.Source, signal.Topics, stamp.Second, null, Weight(signal.Action));

    /// <summary>
    /// How much of a mention it is, in thousandths: what takes a will of its own says more than what happens by the way, and all of it less than a
    /// word.
    /// </summary>
    private static int Weight(BehaviourAction action) => action switch
    {
        BehaviourAction.Bookmark or BehaviourAction.Search => Limits.Topics.DeliberateWeight,
        BehaviourAction.Dwell or BehaviourAction.Return or BehaviourAction.Helped => Limits.Topics.AttentiveWeight,
        _ => Limits.Topics.PassingWeight,
    };
}
