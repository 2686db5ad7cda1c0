using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Ties;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf.Collections;
using Orleans;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>How moods went: a look like any other, at releases and days of the past.</summary>
internal sealed class HistoryCalls(
    IGrainFactory grains, SubjectResolver subjects, CustomerSelf self, ReadTranslator reads, HistoryTranslator translator, LookAlarms looks, RefusalFloor floor, TimeProvider time)
{
    private static readonly ImmutableArray<V1.Facet> _all = [V1.Facet.Sentiment, V1.Facet.Network, V1.Facet.Tribes];

    /// <summary>Reads.</summary>
    public async Task<GetHistoryResponse> Get(Caller caller, GetHistoryRequest request)
    {
        var arrived = time.GetTimestamp();
        var facets = new RepeatedField<V1.Facet> { request.Facets.Count > 0 ? request.Facets : _all };
        var window = WindowOf(request, facets).OrThrow();
        var answer = caller is CustomerCaller me ? await Own(me, request, facets, window) : await Of((TenantCaller)caller, request, facets, window);
        return answer.IsOk ? answer.Value : throw await floor.Refused(answer.Refusal, arrived);
    }

    private async Task<Outcome<GetHistoryResponse>> Of(TenantCaller caller, GetHistoryRequest request, RepeatedField<V1.Facet> facets, HistoryWindow window)
    {
        var read = reads.Read(caller, request.Purpose, facets, request.InteractionId, language: "");
        if (!read.IsOk)
        {
            return read.Refusal;
        }

        var named = await subjects.Resolve(caller.Tenant, request.Subject, "subject");
        if (!named.IsOk)
        {
            return named.Refusal;
        }

        looks.Count(caller, named.Value.Asked, read.Value.Look.Read.Interaction);
        return await Look(grains.GetGrain<ICustomerGrain>(named.Value.Customer.Value), read.Value, window);
    }

    private async Task<Outcome<GetHistoryResponse>> Own(CustomerCaller me, GetHistoryRequest request, RepeatedField<V1.Facet> facets, HistoryWindow window)
    {
        var read = ReadTranslator.ReadOwn(request.Subject is not null, request.Purpose, facets, request.InteractionId, language: "");
        return !read.IsOk ? read.Refusal
            : await self.Find(me) is { } customer ? await Look(customer, read.Value, window)
            : new Refusal(RefusalReason.ConsentRequired);
    }

    private async Task<Outcome<GetHistoryResponse>> Look(ICustomerGrain customer, CheckedRead read, HistoryWindow window)
    {
        var answer = await customer.Look(read.Look with { History = window });
        return answer.IsOk ? translator.ToProto(read, answer.Value) : answer.Refusal;
    }

    private Outcome<HistoryWindow> WindowOf(GetHistoryRequest request, RepeatedField<V1.Facet> facets)
    {
        if (facets.FirstOrDefault(facet => !_all.Contains(facet)) is not 0)
        {
            return new Refusal(RefusalReason.InvalidArgument, "facets", "must be SENTIMENT, NETWORK or TRIBES");
        }

        var now = time.GetUtcNow();
        var from = Times.Read(request.FromTime, "from_time");
        var until = Times.Read(request.UntilTime, "until_time");
        if ((from.Refusal ?? until.Refusal) is { } broken)
        {
            return broken;
        }

        var window = new HistoryWindow(from.Value ?? now.AddDays(-Limits.Networks.HistoryDays), until.Value ?? now.AddTicks(1));
        return window.From < window.Until ? window : new Refusal(RefusalReason.InvalidArgument, "until_time", "must be after from_time");
    }
}
