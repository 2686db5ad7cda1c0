using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>What can become a grant: sharing codes and waiting requests, with their terms.</summary>
internal static class OfferPayload
{
    public static Stored.SharingCode ToMessage(SharingCode code) => new()
    {
        Tenant = code.Tenant.Value,
        RequestId = code.RequestId,
        Code = ByteString.CopyFrom(code.Code.ToArray()),
        Terms = ToMessage(code.Terms),
        UntilTicks = Ticks.Of(code.Until),
        WrongTries = code.WrongTries,
        Notice = GrantPayload.ToMessage(code.Notice),
    };

    public static SharingCode FromMessage(Stored.SharingCode stored) => new(
        new TenantId(stored.Tenant),
        stored.RequestId,
        Digest.Read(stored.Code.Span),
        FromMessage(stored.Terms),
        Ticks.Instant(stored.UntilTicks),
        stored.WrongTries)
    {
        Notice = GrantPayload.FromMessage(stored.Notice),
    };

    public static Stored.WaitingRequest ToMessage(WaitingRequest request)
    {
        var stored = new Stored.WaitingRequest
        {
            Id = request.Id,
            Tenant = request.Tenant.Value,
            Terms = ToMessage(request.Terms),
            CreatedTicks = Ticks.Of(request.CreatedAt),
            UntilTicks = Ticks.Of(request.Until),
            Actor = request.Actor,
            IsDeclined = request.IsDeclined,
        };
        if (request.Interaction is { } interaction)
        {
            stored.Interaction = interaction;
        }

        return stored;
    }

    public static WaitingRequest FromMessage(Stored.WaitingRequest stored) => new(
        stored.Id,
        new TenantId(stored.Tenant),
        FromMessage(stored.Terms),
        stored.HasInteraction ? stored.Interaction : null,
        Ticks.Instant(stored.CreatedTicks),
        Ticks.Instant(stored.UntilTicks))
    {
        Actor = stored.Actor,
        IsDeclined = stored.IsDeclined,
    };

    /// <summary>Terms that are whole.</summary>
    public static Stored.GrantTerms ToMessage(GrantTerms terms)
    {
        var stored = new Stored.GrantTerms
        {
            Purposes = { terms.Purposes.Select(purpose => purpose.Value) },
            Facets = terms.Facets.Bits,
            Tenants = { terms.Sources.Tenants.Select(tenant => tenant.Value) },
            Sources = { terms.Sources.Sources.Select(source => source.Value) },
            When = (int)terms.When!.Value,
            IncludeEarlier = terms.IncludeEarlier!.Value,
            ShowWhere = terms.ShowWhere,
        };
        if (terms.From is { } from)
        {
            stored.FromTicks = Ticks.Of(from);
        }

        if (terms.Until is { } until)
        {
            stored.UntilTicks = Ticks.Of(until);
        }

        if (terms.Interaction is { } interaction)
        {
            stored.Interaction = interaction;
        }

        if (terms is { Preset: { } preset, PresetVersion: { } version })
        {
            (stored.Preset, stored.PresetVersion) = (preset, version);
        }

        stored.AiReaders = GrantPayload.ToMessage(terms.AiReaders);
        return stored;
    }

    /// <summary>The same terms.</summary>
    public static GrantTerms FromMessage(Stored.GrantTerms stored) => new(
        [.. stored.Purposes.Select(name => new Purpose(name))],
        new FacetSet(stored.Facets),
        SourceScope.Of(stored.Tenants.Select(name => new TenantId(name)), stored.Sources.Select(name => new SourceId(name))),
        stored.HasFromTicks ? Ticks.Instant(stored.FromTicks) : null,
        stored.HasUntilTicks ? Ticks.Instant(stored.UntilTicks) : null,
        (GrantWhen)stored.When,
        stored.HasInteraction ? stored.Interaction : null,
        stored.IncludeEarlier,
        ShowWhere: stored.ShowWhere,
        Preset: stored.HasPreset ? stored.Preset : null,
        PresetVersion: stored.HasPresetVersion ? stored.PresetVersion : null,
        AiReaders: GrantPayload.FromMessage(stored.AiReaders));
}
