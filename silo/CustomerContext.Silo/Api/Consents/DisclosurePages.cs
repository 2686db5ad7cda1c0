using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.V1;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Pages of a customer's log, newest first, cut down to a tenant, a time or a kind.</summary>
internal static class DisclosurePages
{
    private const int ReadsPerPage = 8;

    /// <summary>Fills one page. Where a filter leaves little over, a page may be short and still have a next one.</summary>
    public static async Task Fill(ListDisclosuresResponse response, ICustomerGrain customer, ListDisclosuresRequest request, Page page, DateTimeOffset now)
    {
        var from = Times.Read(request.FromTime, "from_time").OrThrow();
        var until = Times.Read(request.UntilTime, "until_time").OrThrow();
        if (!Enum.IsDefined(request.RecordKind))
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "record_kind", "must be a known value"));
        }

        var newest = await customer.ListRecords(long.MaxValue, 1);
        if (newest.IsEmpty)
        {
            return;
        }

        response.ChainHead = DisclosureTranslator.ToProto(newest[0].Head);
        var checkpoint = await customer.GetCheckpoint();
        response.Checkpoint = checkpoint is null ? null : DisclosureTranslator.ToProto(checkpoint);
        var cut = checkpoint?.Head ?? Domain.Consents.ChainHead.Empty;
        if (page.Before == long.MaxValue)
        {
            response.RefusedLooks.Add((await customer.ListRefusedLooks())
                .Where(day => request.Tenant.Length == 0 || day.Tenant.Value == request.Tenant)
                .Select(DisclosureTranslator.ToProto));
        }

        // Not past the head just told: what is appended meanwhile belongs to the next list.
        var before = Math.Min(page.Before, newest[0].Sequence + 1);
        for (var read = 0; read < ReadsPerPage; read++)
        {
            // One more than is shown, for the hash that the last one shown is chained to.
            var entries = await customer.ListRecords(before, Limits.Requests.MaxPage + 1);
            for (var i = 0; i < entries.Length && i < Limits.Requests.MaxPage; i++)
            {
                var previous = i + 1 < entries.Length ? entries[i + 1].Hash : cut.Hash;
                var shown = DisclosureTranslator.ToProto(entries[i], previous, now);
                before = entries[i].Sequence;
                if (Matches(shown, request, from, until))
                {
                    response.Disclosures.Add(shown);
                }

                if (response.Disclosures.Count == page.Size && before > cut.Sequence + 1)
                {
                    response.NextPageToken = Page.TokenAfter(before);
                    return;
                }
            }

            if (before <= cut.Sequence + 1)
            {
                return;
            }
        }

        response.NextPageToken = Page.TokenAfter(before);
    }

    private static bool Matches(Disclosure shown, ListDisclosuresRequest request, DateTimeOffset? from, DateTimeOffset? until) =>
        (request.Tenant.Length == 0 || shown.Tenant == request.Tenant)
        && request.RecordKind switch
        {
            RecordKind.Look => shown.Kind != DisclosureKind.Unspecified,
            RecordKind.ConsentChange => shown.ConsentChange is not null,
            _ => true,
        }
        && (from is null || shown.DiscloseTime?.ToDateTimeOffset() >= from)
        && (until is null || shown.DiscloseTime?.ToDateTimeOffset() < until);
}
