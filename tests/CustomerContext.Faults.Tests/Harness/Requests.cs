using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>Requests as a well-behaved client sends them; a test changes what it is about.</summary>
internal static class Requests
{
    public const string Purpose = "service.support";

    // The same for every repeat of a signal.
    private static readonly DateTimeOffset _firstTurn = TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(30);

    private static readonly Facet[] _facets = [Facet.Sentiment, Facet.TopOfMind, Facet.Conversations, Facet.Situation];

    /// <summary>The mask of a change that replaces the preferences as a whole.</summary>
    public static FieldMask AllPreferences => new() { Paths = { V1.Preferences.Descriptor.Fields.InDeclarationOrder().Select(one => one.Name) } };

    public static string NewId() => Guid.CreateVersion7().ToString();

    public static GetContextRequest Lookup(string email) => new()
    {
        Subject = new SubjectIdentifier { Email = email },
        Purpose = Purpose,
        InteractionId = "call-1",
    };

    public static WatchContextRequest Watch(string email) => new()
    {
        Subject = new SubjectIdentifier { Email = email },
        Purpose = Purpose,
        InteractionId = "call-1",
    };

    public static SetPreferencesRequest Preferences(params string[] collect) => new()
    {
        RequestId = NewId(),
        Preferences = new Preferences { OfAge = true, Collect = { collect } },
        UpdateMask = AllPreferences,
    };

    /// <summary>All live facets at any time, of what acme sent, before the grant too.</summary>
    public static CreateGrantRequest Grant(string tenant = "acme") => new()
    {
        RequestId = NewId(),
        Tenant = tenant,
        Terms = new GrantTerms
        {
            Purposes = { Purpose },
            Facets = { _facets },
            Sources = { "acme/crm" },
            When = GrantWhen.AnyTime,
            IncludeEarlier = true,
        },
    };

    public static RevokeGrantRequest Revoke(string grantId) => new() { RequestId = NewId(), GrantId = grantId };

    /// <summary>A turn of the customer's with a score, number <paramref name="turn"/> of a conversation, seconds apart, half an hour ago.</summary>
    public static Signal Turn(string email, string conversation, int turn, double score = 0.5) => new()
    {
        Id = $"{conversation}-{turn}",
        Subject = new SubjectIdentifier { Email = email },
        OccurredTime = (_firstTurn + TimeSpan.FromSeconds(turn)).ToTimestamp(),
        Conversation = new ConversationSignal
        {
            ConversationId = conversation,
            Channel = "phone",
            Role = ParticipantRole.Customer,
            State = ConversationState.Opened,
            Score = score,
            Topics = { "delivery" },
        },
    };

    public static PublishSignalsRequest Publish(params IEnumerable<Signal> signals) => new() { Signals = { signals } };
}
