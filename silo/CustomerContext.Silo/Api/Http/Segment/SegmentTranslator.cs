using System.Collections.Frozen;
using System.Runtime.InteropServices;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;
using CustomerContext.Silo.Config;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using TraitName = CustomerContext.Domain.Signals.TraitName;

namespace CustomerContext.Silo.Api.Http.Segment;

/// <summary>
/// A message of the Segment specification as signals: none, one, or one for each trait. What a key may say that everybody can read in a browser is behaviour alone; a secret key also sets
/// traits, joins tribes and tells of live chats.
/// </summary>
internal static class SegmentTranslator
{
    private const string Track = "track";
    private const string Properties = "properties";
    private const string Channel = "chat";

    /// <summary>Events of the specification that are implicit signs of interest.</summary>
    private static readonly FrozenDictionary<string, BehaviourAction> _actions = new Dictionary<string, BehaviourAction>
    {
        ["Product Viewed"] = BehaviourAction.View,
        ["Product List Viewed"] = BehaviourAction.View,
        ["Products Searched"] = BehaviourAction.Search,
        ["Product Added to Wishlist"] = BehaviourAction.Bookmark,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>Live chat events of the specification: whose turn it is, and what it does to the conversation.</summary>
    private static readonly FrozenDictionary<string, (ParticipantRole Role, ConversationState State)> _turns = new Dictionary<string, (ParticipantRole, ConversationState)>
    {
        ["Live Chat Conversation Started"] = (ParticipantRole.Customer, ConversationState.Opened),
        ["Live Chat Message Sent"] = (ParticipantRole.Customer, ConversationState.Replied),
        ["Live Chat Message Received"] = (ParticipantRole.Agent, ConversationState.Replied),
        ["Live Chat Conversation Ended"] = (ParticipantRole.Agent, ConversationState.Closed),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>By the field of a signal, or how it begins: what the sender calls it.</summary>
    private static readonly (string Field, string Name)[] _names =
    [
        ("id", "messageId"), ("occurred_time", "timestamp"), ("subject", "userId"), ("behaviour.resource", "properties.url"), ("behaviour.topics", "properties.category"),
        ("trait", "traits"), ("membership", "groupId"), ("conversation.text", "properties.message_body"), ("conversation", "properties.conversation_id"),
    ];

    /// <summary>The signals of <paramref name="message"/>; none if it says nothing that is kept here.</summary>
    public static IEnumerable<Outcome<Signal>> Read(JsonElement message, string kind, WriteKey key, DateTimeOffset received)
    {
        if (message.ValueKind != JsonValueKind.Object || JsonMarshal.GetRawUtf8Value(message).Length > Limits.Doors.SegmentMessageBytes)
        {
            return [new Refusal(RefusalReason.InvalidArgument, "", $"must be a JSON object of at most {Limits.Doors.SegmentMessageBytes} bytes")];
        }

        // Somebody who has not signed in is nobody whom a company could name.
        return Text(message, "userId").Length == 0 ? [] : SignalsOf(message, kind, key.IsSecret).Select((signal, place) =>
        {
            signal.Id = Text(message, "messageId") is var id && signal.KindCase == Signal.KindOneofCase.Trait && id.Length > 0 ? $"{id}.{place}" : id;
            signal.Source = key.Source;
            signal.Subject = SubjectOf(Text(message, "userId"));
            signal.OccurredTime = Text(message, "timestamp") is { Length: > 0 } said ? ProtoJson.Time(said) : received.ToTimestamp();
            return (Outcome<Signal>)signal;
        });
    }

    /// <summary>What the sender calls <paramref name="field"/>.</summary>
    public static string NameOf(string field) =>
        _names.FirstOrDefault(one => field.StartsWith(one.Field, StringComparison.Ordinal)) is { Name: { } name } ? name : field;

    private static IEnumerable<Signal> SignalsOf(JsonElement message, string kind, bool isSecret) => kind switch
    {
        "page" or "screen" => [new Signal { Behaviour = BehaviourOf(message, BehaviourAction.View) }],
        Track when _actions.TryGetValue(Text(message, "event"), out var action) => [new Signal { Behaviour = BehaviourOf(message, action) }],
        Track when isSecret && _turns.TryGetValue(Text(message, "event"), out var turn) => [new Signal { Conversation = TurnOf(message, turn.Role, turn.State) }],
        "identify" when isSecret => TraitsOf(message),
        "group" when isSecret => [new Signal { Membership = new MembershipSignal { TribeId = Text(message, "groupId"), Change = MembershipChange.Joined } }],
        _ => [],
    };

    private static BehaviourSignal BehaviourOf(JsonElement message, BehaviourAction action) => new()
    {
        Resource = WithoutQuery(First(
            Text(message, Properties, "url"), Text(message, "context", "page", "url"), Text(message, Properties, "product_id"), Text(message, "name"))),
        Action = action,
        Topics =
        {
            new[] { Text(message, "category"), Text(message, Properties, "category"), Text(message, Properties, "name"), Text(message, Properties, "query") }
                .Where(topic => topic.Length is > 0 and <= Limits.Signals.TopicCharacters).Distinct(StringComparer.Ordinal),
        },
    };

    private static ConversationSignal TurnOf(JsonElement message, ParticipantRole role, ConversationState state)
    {
        var turn = new ConversationSignal { ConversationId = Text(message, Properties, "conversation_id"), Channel = Channel, Role = role, State = state };
        if (role == ParticipantRole.Customer && Text(message, Properties, "message_body") is { Length: > 0 } words)
        {
            turn.Text = words;
        }

        return turn;
    }

    /// <summary>One signal for each trait that has a name here; names, addresses and whatever else is sent stay outside.</summary>
    private static IEnumerable<Signal> TraitsOf(JsonElement message) =>
        message.TryGetProperty("traits", out var traits) && traits.ValueKind == JsonValueKind.Object
            ? traits.EnumerateObject()
                .Where(trait => TraitName.IsKnown(trait.Name) && trait.Value.ValueKind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False)
                .Select(trait => new Signal { Trait = new TraitSignal { Name = trait.Name, Value = trait.Value.ToString() } })
            : [];

    private static SubjectIdentifier SubjectOf(string user) =>
        IdentifierRules.Email(user, "userId") is null ? new SubjectIdentifier { Email = user } : new SubjectIdentifier { Opaque = user };

    /// <summary>What follows an address may name the person, and says nothing of what the page is about.</summary>
    private static string WithoutQuery(string address) => address.Split('?', '#')[0];

    private static string First(params string[] texts) => texts.FirstOrDefault(text => text.Length > 0) ?? "";

    /// <summary>The text that is found along <paramref name="path"/>; empty if there is none.</summary>
    private static string Text(JsonElement json, params ReadOnlySpan<string> path)
    {
        foreach (var name in path)
        {
            if (json.ValueKind != JsonValueKind.Object || !json.TryGetProperty(name, out json))
            {
                return "";
            }
        }

        return json.ValueKind == JsonValueKind.String ? json.GetString()! : "";
    }
}
