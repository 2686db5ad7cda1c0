using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Storage.Payloads;

/// <summary>A grant, within a customer's consent.</summary>
internal static class GrantPayload
{
    public static Stored.Grant ToMessage(Grant grant)
    {
        var stored = new Stored.Grant
        {
            Id = grant.Id.Value,
            Tenant = grant.Tenant.Value,
            Purposes = { grant.Purposes.Select(purpose => purpose.Value) },
            Facets = grant.Facets.Bits,
            Tenants = { grant.Sources.Tenants.Select(tenant => tenant.Value) },
            Sources = { grant.Sources.Sources.Select(source => source.Value) },
            FromTicks = Ticks.Of(grant.From),
            UntilTicks = Ticks.Of(grant.Until),
            When = (int)grant.When,
            IncludeEarlier = grant.IncludeEarlier,
            CreatedTicks = Ticks.Of(grant.CreatedAt),
            UpdatedTicks = Ticks.Of(grant.UpdatedAt),
            Version = grant.Version,
            ShowWhere = grant.ShowWhere,
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

        if (grant.EndedAt is { } ended)
        {
            stored.EndedTicks = Ticks.Of(ended);
        }

        if (grant is { Preset: { } preset, PresetVersion: { } version })
        {
            (stored.Preset, stored.PresetVersion) = (preset, version);
        }

        stored.Notice = ToMessage(grant.Notice);
        stored.AiReaders = ToMessage(grant.AiReaders);
        stored.AiReads = grant.AiReads is { } reads ? new Stored.AiReads { Day = reads.Day.DayNumber, Count = reads.Count } : null;
        return stored;
    }

    public static Stored.AiReaders? ToMessage(AiReaders? box)
    {
        var stored = box is null ? null : new Stored.AiReaders { ReadsPerDay = box.ReadsPerDay };
        if (box?.Until is { } until)
        {
            stored!.UntilTicks = Ticks.Of(until);
        }

        return stored;
    }

    public static AiReaders? FromMessage(Stored.AiReaders? stored) =>
        stored is null ? null : new AiReaders(stored.ReadsPerDay, stored.HasUntilTicks ? Ticks.Instant(stored.UntilTicks) : null);

    public static Stored.ShownNotice? ToMessage(ShownNotice? notice) =>
        notice is null ? null : new Stored.ShownNotice { Version = notice.Version, Language = notice.Language };

    public static ShownNotice? FromMessage(Stored.ShownNotice? stored) => stored is null ? null : new ShownNotice(stored.Version, stored.Language);

    public static Grant FromMessage(Stored.Grant stored) => new(
        new GrantId(stored.Id),
        new TenantId(stored.Tenant),
        [.. stored.Purposes.Select(name => new Purpose(name))],
        new FacetSet(stored.Facets),
        SourceScope.Of(stored.Tenants.Select(name => new TenantId(name)), stored.Sources.Select(name => new SourceId(name))),
        Ticks.Instant(stored.FromTicks),
        Ticks.Instant(stored.UntilTicks),
        (GrantWhen)stored.When,
        stored.HasInteraction ? stored.Interaction : null,
        stored.IncludeEarlier,
        Ticks.Instant(stored.CreatedTicks),
        Ticks.Instant(stored.UpdatedTicks),
        stored.HasRevokedTicks ? Ticks.Instant(stored.RevokedTicks) : null,
        stored.HasUsedTicks ? Ticks.Instant(stored.UsedTicks) : null,
        Math.Max(stored.Version, 1))
    {
        EndedAt = stored.HasEndedTicks ? Ticks.Instant(stored.EndedTicks) : null,
        ShowWhere = stored.ShowWhere,
        Preset = stored.HasPreset ? stored.Preset : null,
        PresetVersion = stored.HasPresetVersion ? stored.PresetVersion : null,
        Notice = FromMessage(stored.Notice),
        AiReaders = FromMessage(stored.AiReaders),
        AiReads = stored.AiReads is { } reads ? new AiReads(DateOnly.FromDayNumber(reads.Day), reads.Count) : null,
    };
}
