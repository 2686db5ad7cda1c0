using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>A customer of whom there is something everywhere: identifiers, conversations with links, traits, looks, refused looks.</summary>
internal sealed class FullCustomer(string name)
{
    public string Email { get; } = $"{name}@personal.example.org";

    /// <summary>Everything of theirs that a search can know.</summary>
    public Needles Needles => new(Texts);

    /// <summary>The same as texts.</summary>
    public IReadOnlyList<string> Texts => [Email, Opaque, Link, Topic, Trait, Conversation, Interaction, SignalId, "perfectly horrible parcel"];

    /// <summary>What a store holds in the plain, so that a search that finds nothing can be trusted.</summary>
    public Needles Stored => new([Link, Trait, Conversation, Interaction]);

    private string Opaque => $"crm-number-of-{name}";

    private string Link => $"https://acme.example.org/tickets/{name}";

    private string Topic => $"topic of {name}";

    private string Trait => $"trait-of-{name}";

    private string Conversation => $"talk-of-{name}";

    private string Interaction => $"call-about-{name}";

    private string SignalId => $"signal-of-{name}";

    /// <summary>Makes all of it; the grant to acme.</summary>
    public async Task<string> Make(SiloClient client, int looks = 3)
    {
        var grant = (await client.MakeCustomer(Email, "acme"))[0];
        await client.Identities.LinkIdentifierAsync(
            new LinkIdentifierRequest
            {
                RequestId = Requests.NewId(),
                Subject = new SubjectIdentifier { Email = Email },
                Identifier = new SubjectIdentifier { Opaque = Opaque },
            },
            client.AsAgent());
        await client.Signals.PublishSignalsAsync(Requests.Publish(Signals()), client.AsAgent());
        for (var look = 0; look < looks; look++)
        {
            var request = Requests.Lookup(Email);
            request.InteractionId = Interaction;
            await client.Contexts.GetContextAsync(request, client.AsAgent());
        }

        await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup(Email), client.AsAgent("globex")).ResponseAsync);
        return grant;
    }

    private IEnumerable<Signal> Signals()
    {
        var subject = new SubjectIdentifier { Email = Email };
        var now = TimeProvider.System.GetUtcNow();
        yield return new Signal
        {
            Id = SignalId,
            Subject = subject,
            OccurredTime = now.ToTimestamp(),
            Link = Link,
            Conversation = new ConversationSignal
            {
                ConversationId = Conversation,
                Channel = "phone",
                Role = ParticipantRole.Customer,
                State = ConversationState.Opened,
                Text = "What a perfectly horrible parcel service.",
                Topics = { Topic },
            },
        };
        yield return new Signal
        {
            Id = $"{SignalId}-trait",
            Subject = subject,
            OccurredTime = now.ToTimestamp(),
            Trait = new TraitSignal { Name = "situation", Value = Trait },
        };
    }
}
