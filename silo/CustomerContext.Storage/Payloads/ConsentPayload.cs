using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>A customer's consent.</summary>
internal static class ConsentPayload
{
    public static IPayloadCodec<ConsentState> Codec { get; } = new PayloadCodec<ConsentState, Stored.ConsentState>(3, ToMessage, FromMessage);

    private static Stored.ConsentState ToMessage(ConsentState state)
    {
        var stored = new Stored.ConsentState { Epoch = state.Epoch, Preferences = ToMessage(state.Preferences) };
        stored.Grants.AddRange(state.Grants.Select(GrantPayload.ToMessage));
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
        stored.Codes.AddRange(state.Codes.Select(OfferPayload.ToMessage));
        stored.Requests.AddRange(state.Requests.Select(OfferPayload.ToMessage));
        stored.Identifiers.AddRange(state.Identifiers.Select(IdentifierPayload.ToMessage));
        stored.SentCodes.AddRange(state.SentCodes.Select(IdentifierPayload.ToMessage));
        stored.Calls.AddRange(state.Calls.Select(CallPayload.ToMessage));
        stored.Talking.AddRange(state.Talking.Select(CallPayload.ToMessage));
        stored.Networks.AddRange(state.Networks.Select(CallPayload.ToMessage));
        stored.CollectUntil.AddRange(state.CollectUntil.Select(CallPayload.ToMessage));
        stored.News.AddRange(state.News.Select(NewsPayload.ToMessage));
        stored.Due = state.Due is { } due ? JoinPayload.ToMessage(due) : null;
        stored.Merge = state.Merge is { } merge ? IdentifierPayload.ToMessage(merge) : null;

        return stored;
    }

    private static ConsentState FromMessage(Stored.ConsentState stored) => new(
        stored.Epoch,
        FromMessage(stored.Preferences),
        [.. stored.Grants.Select(GrantPayload.FromMessage)],
        stored.HasPausedTicks ? Ticks.Instant(stored.PausedTicks) : null,
        [.. stored.RecentRequests.Select(request => new RecentRequest(request.Id, Convert.ToHexStringLower(request.ContentHash.Span)))])
    {
        ErasedAt = stored.HasErasedTicks ? Ticks.Instant(stored.ErasedTicks) : null,
        ChangedAt = stored.HasChangedTicks ? Ticks.Instant(stored.ChangedTicks) : null,
        Codes = [.. stored.Codes.Select(OfferPayload.FromMessage)],
        Requests = [.. stored.Requests.Select(OfferPayload.FromMessage)],
        Identifiers = [.. stored.Identifiers.Select(IdentifierPayload.FromMessage)],
        SentCodes = [.. stored.SentCodes.Select(IdentifierPayload.FromMessage)],
        Calls = [.. stored.Calls.Select(CallPayload.FromMessage)],
        Talking = [.. stored.Talking.Select(CallPayload.FromMessage)],
        Networks = [.. stored.Networks.Select(CallPayload.FromMessage)],
        CollectUntil = [.. stored.CollectUntil.Select(CallPayload.FromMessage)],
        News = [.. stored.News.Select(NewsPayload.FromMessage)],
        Due = stored.Due is { } due ? JoinPayload.FromMessage(due) : null,
        Merge = stored.Merge is { } merge ? IdentifierPayload.FromMessage(merge) : null,
    };

    private static Stored.Preferences ToMessage(Preferences preferences)
    {
        var stored = new Stored.Preferences
        {
            CollectTenants = { preferences.Collect.Tenants.Select(tenant => tenant.Value) },
            CollectSources = { preferences.Collect.Sources.Select(source => source.Value) },
            Contribute = { preferences.Contribute.Select(purpose => purpose.Value) },
            Publish = preferences.Publish,
            Ask = preferences.Ask,
            OfAge = preferences.OfAge,
            LeaveMeAlone = preferences.LeaveMeAlone,
            ContributeReading = preferences.ContributeReading,
            MayBeContacted = preferences.MayBeContacted,
        };
        if (preferences.CallMe is { } name)
        {
            stored.CallMe = name;
        }

        return stored;
    }

    private static Preferences FromMessage(Stored.Preferences stored) => new(
        SourceScope.Of(stored.CollectTenants.Select(name => new TenantId(name)), stored.CollectSources.Select(name => new SourceId(name))),
        [.. stored.Contribute.Select(name => new Purpose(name))],
        stored.Publish,
        stored.Ask,
        stored.OfAge,
        stored.LeaveMeAlone)
    {
        CallMe = stored.HasCallMe ? stored.CallMe : null,
        ContributeReading = stored.ContributeReading,
        MayBeContacted = stored.MayBeContacted,
    };
}
