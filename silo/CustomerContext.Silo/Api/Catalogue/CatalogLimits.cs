using CustomerContext.Domain;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Catalogue;

/// <summary>The limits that a client needs to offer choices, by name.</summary>
internal static class CatalogLimits
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<LimitEntry> All { get; } =
    [
        .. new (string Name, double Value, string Unit)[]
        {
            ("answer_kept", Limits.Requests.KeepAnswer.TotalSeconds, "seconds"),
            ("batch_subjects", Limits.Requests.Subjects, "subjects"),
            ("call_me", Limits.Names.CallMe, "characters"),
            ("code_digits", Limits.Consents.CodeDigits, "digits"),
            ("code_lifetime_longest", Limits.Consents.CodeLongest.TotalSeconds, "seconds"),
            ("code_lifetime_shortest", Limits.Consents.CodeShortest.TotalSeconds, "seconds"),
            ("conversation_id", Limits.Signals.ConversationIdCharacters, "characters"),
            ("grant_months", Limits.Consents.GrantMonths, "months"),
            ("interaction_customers", Limits.Calls.CustomersPerInteraction, "people"),
            ("interaction_id", Limits.Consents.InteractionLength, "characters"),
            ("interaction_ids", Limits.Calls.IdsPerCall, "ids"),
            ("interaction_longest", Limits.Calls.Longest.TotalSeconds, "seconds"),
            ("live_grants", Limits.Consents.Grants, "grants"),
            ("page_size", Limits.Requests.MaxPage, "items"),
            ("request_lifetime", Limits.Joins.Lifetime.TotalSeconds, "seconds"),
            ("request_signals", Limits.Requests.Signals, "signals"),
            ("signal_text", Limits.Signals.TextCharacters, "characters"),
            ("signal_topics", Limits.Signals.Topics, "topics"),
            ("topic", Limits.Signals.TopicCharacters, "characters"),
            ("trait_value", Limits.Signals.TraitValueCharacters, "characters"),
        }.OrderBy(limit => limit.Name, StringComparer.Ordinal).Select(limit => new LimitEntry { Name = limit.Name, Value = (long)limit.Value, Unit = limit.Unit }),
    ];
}
