using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Grains.Customers;

/// <summary>Answers to readers that pay for every word.</summary>
internal static class AnswerFit
{
    /// <summary>What of an answer fits into what the reader asked for, and what of the decision that shows: what the brief says something of is on record too.</summary>
    public static (LookAnswer Answer, ReadDecision Shown) Fitted(this IAnswerSizes sizes, LookRequest look, LookAnswer answer, ReadDecision decision)
    {
        if (look.Room is not { } room)
        {
            return (answer, decision);
        }

        var fitting = sizes.Fitting(look, answer, room);
        var withheld = decision.Without(FacetSet.All.Except(fitting), WithheldReason.NoRoom).Withheld;
        return (answer.Only(fitting) with { Withheld = withheld }, decision.Without(FacetSet.All.Except(fitting.Union(answer.Brief.Facets)), WithheldReason.NoRoom));
    }
}
