namespace CustomerContext.Domain.Consents;

/// <summary>Fields of a grant's terms that a change names.</summary>
[Flags]
public enum GrantFields
{
    /// <summary>None is named: the change is about those that its terms set.</summary>
    None = 0,

    /// <summary>The purposes.</summary>
    Purposes = 1,

    /// <summary>The facets.</summary>
    Facets = 2,

    /// <summary>Sources and owners.</summary>
    Sources = 4,

    /// <summary>From when on.</summary>
    From = 8,

    /// <summary>Until when.</summary>
    Until = 16,

    /// <summary>On which occasions.</summary>
    When = 32,

    /// <summary>Whether it shows what was before it.</summary>
    IncludeEarlier = 64,

    /// <summary>Whether links are shown.</summary>
    ShowWhere = 128,

    /// <summary>What AI readers are allowed.</summary>
    AiReaders = 256,
}

/// <summary>What a change is about.</summary>
public static class GrantFieldRules
{
    /// <summary>What <paramref name="asked"/> asks for of the named fields; all else is left out or stays as it was. A flag that is named and left out is off.</summary>
    public static GrantTerms Named(GrantTerms was, GrantTerms asked, GrantFields fields) => fields == GrantFields.None ? asked with { AiReaders = asked.AiReaders ?? was.AiReaders } : new GrantTerms(
        fields.HasFlag(GrantFields.Purposes) ? asked.Purposes : was.Purposes,
        fields.HasFlag(GrantFields.Facets) ? asked.Facets : was.Facets,
        fields.HasFlag(GrantFields.Sources) ? asked.Sources : was.Sources,
        fields.HasFlag(GrantFields.From) ? asked.From : null,
        fields.HasFlag(GrantFields.Until) ? asked.Until : null,
        fields.HasFlag(GrantFields.When) ? asked.When : null,
        null,
        fields.HasFlag(GrantFields.IncludeEarlier) ? asked.IncludeEarlier ?? false : null,
        fields.HasFlag(GrantFields.Sources) ? asked.Owners : SourceOwners.None,
        fields.HasFlag(GrantFields.ShowWhere) ? asked.ShowWhere : was.ShowWhere,
        AiReaders: fields.HasFlag(GrantFields.AiReaders) ? asked.AiReaders : was.AiReaders);

    /// <summary>The rule that a named list breaks, which must not be empty; absent if none.</summary>
    public static Common.Refusal? CheckNamed(GrantTerms asked, GrantFields fields) =>
        fields.HasFlag(GrantFields.Facets) && asked.Facets.IsEmpty ? new Common.Refusal(Common.RefusalReason.InvalidArgument, "terms.facets", "must not be empty if the mask names it")
        : fields.HasFlag(GrantFields.Sources) && asked is { Owners: SourceOwners.None, Sources.Count: 0 }
            ? new Common.Refusal(Common.RefusalReason.InvalidArgument, "terms.sources", "must not be empty, nor owners, if the mask names one of them")
        : null;
}
