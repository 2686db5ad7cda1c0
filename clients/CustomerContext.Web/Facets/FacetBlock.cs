using CustomerContext.V1;

namespace CustomerContext.Web.Facets;

/// <summary>One facet as a block of a page: shown, or withheld with the reason.</summary>
/// <param name="Facet">Which facet.</param>
/// <param name="Value">Its message of the contract. Absent: withheld.</param>
/// <param name="Reason">Why it is withheld: a name of <see cref="WithheldReason"/>, or <see cref="TakenBack"/>. Empty: it is shown.</param>
/// <param name="Reader">Who reads it.</param>
internal sealed record FacetBlock(Facet Facet, object? Value, string Reason, BlockReader Reader)
{
    /// <summary>The order on every page: what is overdue first, what is slow last. It never changes while it is read.</summary>
    public static IReadOnlyList<Facet> Order { get; } =
    [
        Facet.Attention, Facet.Sentiment, Facet.TopOfMind, Facet.Situation, Facet.Conversations,
        Facet.Network, Facet.Tribes, Facet.Influence, Facet.Help,
    ];

    /// <summary>The reason of a block whose watch has ended. Its page says so once, above; the block only shows a mark.</summary>
    public const string TakenBack = "TakenBack";

    /// <summary>Why it holds nothing although it is shown: a name of <see cref="AbsenceReason"/>. Empty: it holds something, or is withheld.</summary>
    public string Absence { get; init; } = "";

    /// <summary>Its name in ids: "top-of-mind".</summary>
    public string Name => NameOf(Facet);

    /// <summary>The element's id.</summary>
    public string Id => $"block-{Name}";

    /// <summary>The partial page that shows its value.</summary>
    public string View => $"Facets/_{Facet}";

    /// <summary>The name of a facet in ids: "top-of-mind".</summary>
    public static string NameOf(Facet facet) =>
        string.Concat(facet.ToString().Select((letter, i) => char.IsUpper(letter) && i > 0 ? $"-{letter}" : $"{letter}")).ToLowerInvariant();

    /// <summary>The facet of such a name. Absent: there is none.</summary>
    public static Facet? Find(string? name) => Order.Cast<Facet?>().FirstOrDefault(facet => NameOf(facet!.Value) == name);

    /// <summary>All facets of an answer, in order; one that is neither there nor withheld was not asked for.</summary>
    public static IReadOnlyList<FacetBlock> Of(Context context, IEnumerable<Withheld> withheld, IEnumerable<Absent> absent, BlockReader reader)
    {
        var absences = absent.ToDictionary(item => item.Facet, item => item.Reason.ToString());
        var reasons = withheld.ToDictionary(item => item.Facet, item => item.Reason.ToString());
        return
        [
            .. Order
                .Select(facet => new FacetBlock(facet, ValueOf(context, facet), reasons.GetValueOrDefault(facet, ""), reader) { Absence = absences.GetValueOrDefault(facet, "") })
                .Where(block => block.Value is not null || block.Reason.Length > 0 || block.Absence.Length > 0),
        ];
    }

    /// <summary>All facets, gone dark.</summary>
    public static IReadOnlyList<FacetBlock> Dark(BlockReader reader) => [.. Order.Select(facet => new FacetBlock(facet, null, TakenBack, reader))];

    /// <summary>A facet's field in the context has the facet's number.</summary>
    private static object? ValueOf(Context context, Facet facet) => Context.Descriptor.FindFieldByNumber((int)facet).Accessor.GetValue(context);
}

/// <summary>Who reads a block: decides which actions it offers, and whose name is in it.</summary>
/// <param name="IsCustomer">The customer themselves, who can say that a value is wrong; else an agent, who can ask for what is withheld.</param>
/// <param name="Now">Now, for ages.</param>
/// <param name="Whose">On an agent's screen: the name that the customer shares, so that no block is read as another customer's. Empty: they share none.</param>
internal sealed record BlockReader(bool IsCustomer, DateTimeOffset Now, string Whose = "");
