using System.Collections.Immutable;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using RosterEntry = CustomerContext.Domain.Attention.RosterEntry;
using AttentionItem = CustomerContext.Domain.Attention.AttentionItem;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>ATTENTION as the contract has it.</summary>
internal static class AttentionTranslator
{
    /// <summary>ATTENTION as of <paramref name="asOf"/>.</summary>
    public static Attention ToProto(ImmutableArray<AttentionItem> waiting, DateTimeOffset asOf) => new()
    {
        AsOfTime = asOf.ToTimestamp(),
        Provenance = waiting.IsEmpty ? Provenance.Unspecified : Provenance.Observed,
        Items = { waiting.Select(ItemOf) },
    };

    /// <summary>One thing that waits.</summary>
    public static V1.AttentionItem ItemOf(AttentionItem item) => new()
    {
        Kind = (AttentionKind)item.Kind,
        Stage = (AttentionStage)item.Stage,
        By = (ParticipantRole)item.By,
        SinceTime = item.Since.ToTimestamp(),
        DueTime = item.Due?.ToTimestamp(),
        ConversationId = item.Conversation,
        Source = item.Source.Value,
        Channel = item.Channel,
        Topics = { item.Topics },
        Link = item.Link ?? "",
        WorkId = item.WorkId ?? "",
        CouldAnswer = { item.CouldAnswer.Select(AnswererOf) },
    };

    /// <summary>Somebody who could answer.</summary>
    public static Answerer AnswererOf(RosterEntry entry) => new() { Name = entry.Name, Kind = (AnswererKind)entry.Kind, Reach = entry.Reach };
}
