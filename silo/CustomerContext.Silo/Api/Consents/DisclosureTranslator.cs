using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Ledger;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Entries of the ledger as the contract shows them.</summary>
internal static class DisclosureTranslator
{
    private const int IdLength = 32;

    /// <summary>The id of a record: the first 16 bytes of its hash, in hexadecimal. The reader got the same with the answer.</summary>
    public static string IdOf(Digest hash) => hash.ToString()[..IdLength];

    /// <summary>Writes the same as ASCII.</summary>
    public static void WriteId(Digest hash, Span<byte> destination)
    {
        Span<byte> bytes = stackalloc byte[Digest.Size];
        hash.CopyTo(bytes);
        Convert.TryToHexStringLower(bytes[..(IdLength / 2)], destination, out _);
    }

    /// <summary>The entry; <paramref name="previous"/> is the hash of the one before it.</summary>
    public static V1.Disclosure ToProto(LedgerEntry entry, Digest previous, DateTimeOffset now)
    {
        var shown = new V1.Disclosure
        {
            DisclosureId = IdOf(entry.Hash),
            Sequence = entry.Sequence,
            ConsentEpoch = entry.Epoch,
            PreviousHash = BytesOf(previous),
            Commitment = BytesOf(entry.Commitment),
            Hash = BytesOf(entry.Hash),
            Salt = ByteString.CopyFrom(entry.Salt.AsSpan()),
            Record = ByteString.CopyFrom(entry.Payload.AsSpan()),
        };
        if (!entry.IsErased)
        {
            Describe(shown, DisclosureRecord.FromBytes(entry.Payload.AsSpan()), now);
        }

        return shown;
    }

    private static void Describe(V1.Disclosure shown, DisclosureRecord record, DateTimeOffset now)
    {
        shown.Kind = record.Change is not null ? V1.DisclosureKind.Unspecified
            : record.Kind == Domain.Consents.DisclosureKind.History ? V1.DisclosureKind.History
            : (V1.DisclosureKind)record.Kind;
        shown.Tenant = record.Tenant?.Value ?? "";
        shown.ActorRole = (V1.ActorRole)record.Role;
        shown.ActorPseudonym = record.Actor ?? "";
        shown.AiReader = record.Ai is { } ai ? new V1.AiReader { ClientId = ai.Client, OnBehalfOfPseudonym = ai.OnBehalfOf ?? "" } : null;
        shown.Purpose = record.Purpose?.Value ?? "";
        shown.InteractionId = record.Interaction ?? "";
        shown.WatchId = record.Watch ?? "";
        shown.DiscloseTime = record.At.ToTimestamp();
        foreach (var slice in record.Slices)
        {
            shown.Facets.Add(Facets.ToProto(slice.Facets));
            shown.Sources.Add(slice.Sources.Tenants.Select(tenant => tenant.Value));
            shown.Sources.Add(slice.Sources.Sources.Select(source => source.Value));
            shown.GrantIds.Add(slice.Grants.Select(grant => grant.Value));
        }

        shown.Openings.Add((record.Opened ?? []).Select(ToProto));
        if (record.Change is { } change)
        {
            shown.ConsentChange = new V1.ConsentChange
            {
                Kind = (V1.ConsentChangeKind)change.Kind,
                ShownNotice = GrantTranslator.ToProto(change.Notice),
                Grant = change.Grant is { } grant ? GrantTranslator.ToProto(grant, now) : null,
                Preferences = change.Preferences is { } preferences ? PreferencesTranslator.ToProto(preferences) : null,
            };
        }
    }

    private static V1.Opening ToProto(Opening opening) => new()
    {
        Facets = { Facets.ToProto(opening.Facets) },
        Kind = (V1.OpenerKind)opening.By.Kind,
        Source = opening.By.Source?.Value ?? "",
        ConversationId = opening.By.Conversation ?? "",
    };

    /// <summary>The end of a chain.</summary>
    public static V1.ChainHead ToProto(ChainHead head) => new() { Sequence = head.Sequence, Hash = BytesOf(head.Hash) };

    /// <summary>Where a chain was cut.</summary>
    public static V1.ChainCheckpoint ToProto(Checkpoint checkpoint) => new()
    {
        Head = ToProto(checkpoint.Head),
        CreateTime = checkpoint.CreatedAt.ToTimestamp(),
        Signature = checkpoint.Signature,
    };

    /// <summary>Refused looks of one tenant on one day.</summary>
    public static V1.RefusedLooks ToProto(RefusedDay day) => new()
    {
        Tenant = day.Tenant.Value,
        DayTime = DateTimeOffset.UnixEpoch.AddDays(day.Day).ToTimestamp(),
        LookCount = day.Looks,
    };

    /// <summary>The 32 bytes of a hash.</summary>
    public static ByteString BytesOf(Digest digest) => ByteString.CopyFrom(digest.ToArray());
}
