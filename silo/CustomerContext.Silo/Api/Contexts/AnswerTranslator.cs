using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using WithheldReason = CustomerContext.Domain.Consents.WithheldReason;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>What a look may show, as the contract has it.</summary>
internal sealed class AnswerTranslator(CustomerIds ids, GroupMessages groups, BriefTranslator briefs)
{
    /// <summary>The answer to <paramref name="read"/>.</summary>
    public GetContextResponse ToProto(CheckedRead read, LookAnswer answer)
    {
        var first = answer.Parts[0].Snapshot;
        var response = new GetContextResponse
        {
            CustomerId = ids.For(read.Look.Read.Tenant, answer.Customer),
            Context = new Context(),
            Version = answer.Version.ToString(CultureInfo.InvariantCulture),
            AsOfTime = first.AsOf.ToTimestamp(),
            GoodUntilTime = first.GoodUntil.ToTimestamp(),
            KeepUntilTime = (first.AsOf + Limits.Requests.KeepAnswer).ToTimestamp(),
            DisclosureId = DisclosureTranslator.IdOf(answer.Record),
            Brief = briefs.ToProto(answer.Brief, read.Language),
            Absent = { AbsentOf(answer.Absent) },
            Withheld = { WithheldOf(answer.Withheld) },
        };
        foreach (var part in answer.Parts)
        {
            FacetMessages.Put(part.Facets, part.Snapshot, response.Context);
            if (part.Named is { IsEmpty: false } named)
            {
                ContextTranslator.Name(response.Context.Conversations, named, one => ids.For(read.Look.Read.Tenant, one));
            }

            if (part.Groups is { } content)
            {
                groups.Put(part.Facets, content, response.Context);
            }

            if (part.Waiting is { } waiting)
            {
                response.Context.Attention = AttentionTranslator.ToProto(waiting, part.Snapshot.AsOf);
            }
        }

        foreach (var grant in answer.Grants)
        {
            response.GrantIds.Add(grant.Value);
        }

        return response;
    }

    /// <summary>Granted facets that hold nothing.</summary>
    public static IEnumerable<Absent> AbsentOf(IEnumerable<Domain.Customers.AbsentFacet> absent) =>
        absent.Select(one => new Absent { Facet = (V1.Facet)one.Facet, Reason = (AbsenceReason)one.Reason });

    /// <summary>What was asked for and not given, in order of the facets' numbers.</summary>
    public static IEnumerable<Withheld> WithheldOf(IEnumerable<WithheldFacet> withheld) => withheld
        .Select(one => new Withheld { Facet = (V1.Facet)one.Facet, Reason = ReasonOf(one.Reason) })
        .OrderBy(one => one.Facet);

    private static V1.WithheldReason ReasonOf(WithheldReason reason) => reason switch
    {
        WithheldReason.NotForThisPurpose => V1.WithheldReason.PurposeDoesNotAllow,
        WithheldReason.NoOpenConversation => V1.WithheldReason.NoOpenConversation,
        WithheldReason.NoRoom => V1.WithheldReason.NoRoom,
        WithheldReason.Unreachable => V1.WithheldReason.Unreachable,
        _ => V1.WithheldReason.NotGranted,
    };
}
