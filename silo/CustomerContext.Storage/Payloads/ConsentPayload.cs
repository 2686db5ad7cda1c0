using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>A customer's consent.</summary>
internal static class ConsentPayload
{
    public static IPayloadCodec<ConsentState> Codec { get; } = new PayloadCodec<ConsentState, Stored.ConsentState>(1, ToMessage, FromMessage);

    private static Stored.ConsentState ToMessage(ConsentState state)
    {
        var stored = new Stored.ConsentState { Epoch = state.Epoch, Preferences = ToMessage(state.Preferences) };
        stored.Grants.AddRange(state.Grants.Select(ToMessage));
        stored.RecentRequests.AddRange(state.RecentRequests.Select(request => new Stored.RecentRequest
        {
            Id = request.RequestId,
            ContentHash = ByteString.CopyFrom(Convert.FromHexString(request.ContentHash)),
        }));
        if (state.PausedAt is { } paused)
        {
            stored.PausedTicks = Ticks.Of(paused);
        }

        if (state.ErasedAt is { } erased)
        {
            stored.ErasedTicks = Ticks.Of(erased);
        }

        if (state.ChangedAt is { } changed)
        {
            stored.ChangedTicks = Ticks.Of(changed);
        }

        return stored;
    }

    private static ConsentState FromMessage(Stored.ConsentState stored) => new(
        stored.Epoch,
        FromMessage(stored.Preferences),
        [.. stored.Grants.Select(FromMessage)],
        stored.HasPausedTicks ? Ticks.Instant(stored.PausedTicks) : null,
        [.. stored.RecentRequests.Select(request => new RecentRequest(request.Id, Convert.ToHexStringLower(request.ContentHash.Span)))])
    {
        ErasedAt = stored.HasErasedTicks ? Ticks.Instant(stored.ErasedTicks) : null,
        ChangedAt = stored.HasChangedTicks ? Ticks.Instant(stored.ChangedTicks) : null,
    };

    private static Stored.Preferences ToMessage(Preferences preferences) => new()
    {
        CollectTenants = { preferences.Collect.Tenants.Select(tenant => tenant.Value) },
        CollectSources = { preferences.Collect.Sources.Select(source => source.Value) },
        Contribute = { preferences.Contribute.Select(purpose => purpose.Value) },
        Publish = preferences.Publish,
        Ask = preferences.Ask,
        OfAge = preferences.OfAge,
        LeaveMeAlone = preferences.LeaveMeAlone,
    };

    private static Preferences FromMessage(Stored.Preferences stored) => new(
        SourceScope.Of(stored.CollectTenants.Select(name => new TenantId(name)), stored.CollectSources.Select(name => new SourceId(name))),
        [.. stored.Contribute.Select(name => new Purpose(name))],
        stored.Publish,
        stored.Ask,
        stored.OfAge,
        stored.LeaveMeAlone);

    private static Stored.Grant ToMessage(Grant grant)
    {
        var stored = new Stored.Grant
        {
            Id = grant.Id.Value,
            Tenant = grant.Tenant.Value,
            Purposes = { grant.Purposes.Select(purpose => purpose.Value) },
            Facets = grant.Facets.Bits,
            Sources = { grant.Sources.Select(source => source.Value) },
            FromTicks = Ticks.Of(grant.From),
            UntilTicks = Ticks.Of(grant.Until),
            When = (int)grant.When,
            IncludeEarlier = grant.IncludeEarlier,
            CreatedTicks = Ticks.Of(grant.CreatedAt),
            UpdatedTicks = Ticks.Of(grant.UpdatedAt),
        };
        if (grant.Interaction is { } interaction)
        {
            stored.Interaction = interaction;
        }

        if (grant.RevokedAt is { } revoked)
        {
            stored.RevokedTicks = Ticks.Of(revoked);
        }

        if (grant.UsedAt is { } used)
        {
            stored.UsedTicks = Ticks.Of(used);
        }

        return stored;
    }

    private static Grant FromMessage(Stored.Grant stored) => new(
        new GrantId(stored.Id),
        new TenantId(stored.Tenant),
        [.. stored.Purposes.Select(name => new Purpose(name))],
        new FacetSet(stored.Facets),
        [.. stored.Sources.Select(name => new SourceId(name))],
        Ticks.Instant(stored.FromTicks),
        Ticks.Instant(stored.UntilTicks),
        (GrantWhen)stored.When,
        stored.HasInteraction ? stored.Interaction : null,
        stored.IncludeEarlier,
        Ticks.Instant(stored.CreatedTicks),
        Ticks.Instant(stored.UpdatedTicks),
        stored.HasRevokedTicks ? Ticks.Instant(stored.RevokedTicks) : null,
        stored.HasUsedTicks ? Ticks.Instant(stored.UsedTicks) : null);
}
