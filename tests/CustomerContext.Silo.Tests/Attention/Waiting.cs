using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>Customers whose questions wait, and the actors of acme who see to them.</summary>
internal static class Waiting
{
    public static CallOptions AsActor(this SiloOnFakeTime silo, string actor) => silo.With(DevTokens.Actor("acme", actor, scope: "attention.work context.read"));

    /// <summary>A customer who collects from acme and grants it these facets at any time, earlier context too.</summary>
    public static Task<string> Make(SiloOnFakeTime silo, string email, params Facet[] facets) => Make(silo, email, GrantWhen.AnyTime, facets);

    /// <summary>A customer who collects from acme and grants it these facets at such times, earlier context too.</summary>
    public static async Task<string> Make(SiloOnFakeTime silo, string email, GrantWhen when, params Facet[] facets)
    {
        await silo.MakeCustomer(email, when);
        var terms = SiloOnFakeTime.Terms(when);
        terms.Facets.Clear();
        terms.Facets.Add(facets);
        terms.IncludeEarlier = true;
        return (await silo.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = "attention", Tenant = "acme", Terms = terms }, silo.As(email))).Grant.GrantId;
    }

    public static Task Publish(SiloOnFakeTime silo, string email, params Signal[] signals) => Publish(silo, email, isByPerson: true, signals);

    public static async Task Publish(SiloOnFakeTime silo, string email, bool isByPerson, params Signal[] signals)
    {
        foreach (var signal in signals)
        {
            signal.Subject = new SubjectIdentifier { Email = email };
        }

        var response = await silo.Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { signals } }, silo.With(DevTokens.Actor("acme", "chat", isPerson: isByPerson)));
        Assert.All(response.Results, result => Assert.Null(result.Status));
    }

    public static Signal Turn(string conversation, DateTimeOffset at, ParticipantRole role, ConversationState state, DateTimeOffset? until = null) => new()
    {
        Id = $"{conversation} {at.Ticks}",
        OccurredTime = at.ToTimestamp(),
        Link = $"https://forum.example/{conversation}",
        Conversation = new ConversationSignal
        {
            ConversationId = conversation,
            Channel = "forum",
            Role = role,
            State = state,
            PromisedUntilTime = until?.ToTimestamp(),
            Topics = { "router" },
        },
    };

    /// <summary>Acme's team for routers, as tenants.json names it.</summary>
    public static Answerer NetworkTeam { get; } = new() { Name = "Network team", Kind = AnswererKind.Employee, Reach = "ext. 4711" };

    /// <summary>What came of "call-9", which was about the router; a customer's own names the company.</summary>
    public static Signal Outcome(InteractionResult result, DateTimeOffset at, string tenant = "") => new()
    {
        Id = $"outcome {at.Ticks}",
        OccurredTime = at.ToTimestamp(),
        Outcome = new OutcomeSignal { InteractionId = "call-9", Tenant = tenant, Result = result, Topics = { "router" } },
    };

    public static Signal Tier(SiloOnFakeTime silo, string value) => new()
    {
        Id = $"tier {value}",
        OccurredTime = silo.Time.GetUtcNow().AddDays(-2).ToTimestamp(),
        Trait = new TraitSignal { Name = "support_tier", Value = value },
    };
}
