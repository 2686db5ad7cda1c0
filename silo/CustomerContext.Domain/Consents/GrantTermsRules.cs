using System.Collections.Immutable;
using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Consents;

/// <summary>Which terms a grant may have. Fields are named as in the public contract.</summary>
internal static class GrantTermsRules
{
    /// <summary>The first rule that terms break as they were asked for; absent if none.</summary>
    public static Refusal? CheckAsked(GrantTerms terms) =>
        terms.Sources.Count > Limits.Consents.SourcesPerGrant ? Invalid("terms.sources", $"at most {Limits.Consents.SourcesPerGrant}") : null;

    /// <summary>The first rule that <paramref name="terms"/>, which are whole, break; absent if none.</summary>
    public static Refusal? Check(GrantTerms terms)
    {
        var open = terms.Purposes.Aggregate(FacetSet.None, (all, purpose) => all.Union(PurposeTable.Find(purpose)?.Facets ?? FacetSet.None));
        return terms switch
        {
            { Purposes.IsEmpty: true } => Invalid("purposes", "required"),
            { Purposes.Length: > Limits.Consents.PurposesPerGrant } => Invalid("purposes", $"at most {Limits.Consents.PurposesPerGrant}"),
            _ when terms.Purposes.Any(purpose => PurposeTable.Find(purpose) is null) => Invalid("purposes", "unknown purpose"),
            { Facets.IsEmpty: true } => Invalid("facets", "required"),
            _ when !terms.Facets.Except(open).IsEmpty => Invalid("facets", "closed to these purposes"),
            { Sources.Count: 0 } => Invalid("sources", "required"),
            { When: { } when } when !Enum.IsDefined(when) => Invalid("when", "unknown value"),
            { Interaction.Length: > Limits.Consents.InteractionLength } => Invalid("interaction_id", $"at most {Limits.Consents.InteractionLength} characters"),
            { Interaction: not null, When: not GrantWhen.ThisCallOnly } => Invalid("interaction_id", "only for this call only"),
            _ => null,
        };
    }

    /// <summary>The first rule that the times break; absent if none.</summary>
    /// <param name="terms">The terms.</param>
    /// <param name="from">First instant.</param>
    /// <param name="until">First instant after it.</param>
    /// <param name="begunAt">When the call began, for a grant for this call only.</param>
    /// <param name="now">The instant that counts.</param>
    public static Refusal? CheckTimes(GrantTerms terms, DateTimeOffset from, DateTimeOffset until, DateTimeOffset begunAt, DateTimeOffset now) => true switch
    {
        _ when from > now.AddMonths(Limits.Consents.GrantMonths) => Invalid("from_time", $"at most {Limits.Consents.GrantMonths} months ahead"),
        _ when until <= from => Invalid("until_time", "after from_time"),
        _ when until <= now => Invalid("until_time", "in the future"),
        _ when until > from.AddMonths(Limits.Consents.GrantMonths) => Invalid("until_time", $"at most {Limits.Consents.GrantMonths} months after from_time"),
        _ when terms.When == GrantWhen.ThisCallOnly && until > begunAt + Limits.Calls.Longest =>
            Invalid("until_time", $"at most {Limits.Calls.Longest.TotalHours} hours after the interaction began"),
        _ => null,
    };

    /// <summary>The end of a grant that names none.</summary>
    public static DateTimeOffset DefaultUntil(GrantTerms terms, DateTimeOffset begunAt) =>
        terms.When == GrantWhen.ThisCallOnly ? begunAt + Limits.Calls.Longest : begunAt.AddMonths(Limits.Consents.GrantMonths);

    /// <summary>Purposes sorted, without repeats, so that equal sets are equal bytes.</summary>
    public static ImmutableArray<Purpose> Sorted(ImmutableArray<Purpose> purposes) =>
        [.. purposes.Distinct().OrderBy(purpose => purpose.Value, StringComparer.Ordinal)];

    private static Refusal Invalid(string field, string rule) => new(RefusalReason.InvalidArgument, field, rule);
}
