using System.Runtime.CompilerServices;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.V1;
using Facet = CustomerContext.Domain.Common.Facet;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// One snapshot's facets as messages. Built once for each snapshot and kept beside it, so that lookups of the same minute only compose. The messages are shared:
/// nobody may change them.
/// </summary>
internal sealed class FacetMessages
{
    private static readonly ConditionalWeakTable<ContextSnapshot, FacetMessages> _known = [];

    private readonly Sentiment _sentiment;
    private readonly TopOfMind _topOfMind;
    private readonly Conversations _conversations;
    private readonly Situation _situation;

    private FacetMessages(ContextSnapshot snapshot)
    {
        _sentiment = SentimentTranslator.ToProto(snapshot.Sentiment, snapshot.AsOf);
        _topOfMind = ContextTranslator.ToProto(snapshot.TopOfMind, snapshot.AsOf);
        _conversations = ContextTranslator.ToProto(snapshot.Conversations, snapshot.Outcomes, snapshot.AsOf);
        _situation = ContextTranslator.ToProto(snapshot.Situation, snapshot.AsOf);
    }

    /// <summary>The messages of <paramref name="snapshot"/>.</summary>
    public static FacetMessages Of(ContextSnapshot snapshot) => _known.GetValue(snapshot, key => new FacetMessages(key));

    /// <summary>Puts <paramref name="facets"/> into <paramref name="context"/>; what the snapshot does not have is left out.</summary>
    public void Put(FacetSet facets, Context context)
    {
        foreach (var facet in facets.Each())
        {
            switch (facet)
            {
                case Facet.Sentiment:
                    context.Sentiment = _sentiment;
                    break;
                case Facet.TopOfMind:
                    context.TopOfMind = _topOfMind;
                    break;
                case Facet.Conversations:
                    context.Conversations = _conversations;
                    break;
                case Facet.Situation:
                    context.Situation = _situation;
                    break;
            }
        }
    }
}
