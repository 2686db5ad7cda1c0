using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.V1;
using Facet = CustomerContext.Domain.Common.Facet;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>
/// One snapshot's facets as messages. They are not kept: an answer that is asked for again is kept as bytes (<see cref="ReadyAnswers"/>), which take a third of the memory.
/// </summary>
internal static class FacetMessages
{
    /// <summary>Puts <paramref name="facets"/> of <paramref name="snapshot"/> into <paramref name="context"/>; what the snapshot does not have is left out.</summary>
    public static void Put(FacetSet facets, ContextSnapshot snapshot, Context context)
    {
        foreach (var facet in facets.Each())
        {
            switch (facet)
            {
                case Facet.Sentiment:
                    context.Sentiment = SentimentTranslator.ToProto(snapshot.Sentiment, snapshot.AsOf);
                    break;
                case Facet.TopOfMind:
                    context.TopOfMind = ContextTranslator.ToProto(snapshot.TopOfMind, snapshot.AsOf);
                    break;
                case Facet.Conversations:
                    context.Conversations = ContextTranslator.ToProto(snapshot.Conversations, snapshot.Outcomes, snapshot.AsOf);
                    break;
                case Facet.Situation:
                    context.Situation = ContextTranslator.ToProto(snapshot.Situation, snapshot.AsOf);
                    break;
            }
        }
    }
}
