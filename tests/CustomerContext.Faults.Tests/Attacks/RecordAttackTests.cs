using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Xunit.Abstractions;
using ConsentLimits = CustomerContext.Domain.Limits.Consents;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>A company without a grant cannot bury what matters on a customer's record under entries of its own, nor make the customer's repeats new requests.</summary>
public sealed class RecordAttackTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>
{
    private static readonly int _attempts = Trials.Count("CC_BURYING", 12);

    private SiloClient Client => running.Client;

    [Fact]
    public async Task Record_LinkedAndAskedOverAndOver_GrowsByADaysShareAtMost()
    {
        const string Email = "buried@example.org";
        await Client.MakeCustomer(Email);
        var own = Requests.Grant("globex");
        var grant = (await Client.Consents.CreateGrantAsync(own, Client.AsCustomer(Email))).Grant;
        var subject = new SubjectIdentifier { Email = Email };
        var id = new SubjectIdentifier { Opaque = "number" };
        var before = (await Client.ReadLog(Email)).Records.Count;
        var terms = Requests.Grant().Terms;
        terms.When = GrantWhen.DuringMyConversations;
        for (var i = 0; i < _attempts; i++)
        {
            await Client.Identities.LinkIdentifierAsync(new LinkIdentifierRequest { RequestId = Requests.NewId(), Subject = subject, Identifier = id }, Client.AsAgent());
            await Client.Identities.UnlinkIdentifierAsync(new UnlinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = id }, Client.AsAgent());
            var ask = new RequestConsentRequest { RequestId = Requests.NewId(), Subject = subject, InteractionId = $"call-{i}", Terms = terms };
            Assert.Equal(RequestConsentOutcome.Sent, (await Client.Consents.RequestConsentAsync(ask, Client.AsAgent())).Outcome);
        }

        var entries = (await Client.ReadLog(Email)).Records.Count - before;
        output.WriteLine($"{3 * _attempts} calls of a company without a grant made {entries} entries");
        Assert.Equal(ConsentLimits.TenantChangesPerDay, entries);

        // Sent again, what the customer asked for before all that is still known.
        Assert.Equal(grant.GrantId, (await Client.Consents.CreateGrantAsync(own, Client.AsCustomer(Email))).Grant.GrantId);
        Assert.Equal(entries, (await Client.ReadLog(Email)).Records.Count - before);
    }
}
