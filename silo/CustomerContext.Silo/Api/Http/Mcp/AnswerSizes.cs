using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Contexts;
using CustomerContext.V1;
using Google.Protobuf;
using Facet = CustomerContext.Domain.Common.Facet;

namespace CustomerContext.Silo.Api.Http.Mcp;

/// <summary>Measures answers as the JSON that AI readers get.</summary>
internal sealed class AnswerSizes(AnswerTranslator answers) : IAnswerSizes
{
    /// <inheritdoc/>
    public FacetSet Fitting(LookRequest look, LookAnswer answer, AnswerRoom room)
    {
        var whole = answers.ToProto(new CheckedRead(look, room.Language), answer);
        var shown = answer.Parts.Aggregate(FacetSet.None, (all, part) => all.Union(part.Facets));
        return AnswerRoomRules.Fitting(shown, room, TokensOf(whole.Brief), facet => TokensOf(FieldOf(facet, whole.Context)));
    }

    /// <summary>The fields of a context have the numbers of the facets.</summary>
    private static IMessage? FieldOf(Facet facet, Context context) => (IMessage?)Context.Descriptor.FindFieldByNumber((int)facet).Accessor.GetValue(context);

    private static int TokensOf(IMessage? message) =>
        message is null ? 0 : AnswerRoomRules.TokensOf(Encoding.UTF8.GetByteCount(JsonFormatter.Default.Format(message)));
}
