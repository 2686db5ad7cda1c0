using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Tests.Records;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Joins;

/// <summary>A yes that comes into the ledger of somebody new behind the end of its call.</summary>
public sealed class LateYesTests
{
    private const string Person = "00112233445566778899aabbccddeeff";
    private const string Request = "11112233445566778899aabbccddeeff";

    private static readonly TenantActor _by = new(new TenantId("acme"), ActorRole.Service, "telephony", "call-1");

    [Fact]
    public async Task Settle_TheCallEndedBeforeTheYesWasInTheLedger_TheYesEndsWithTheCallAndTheTenantSeesNone()
    {
        await using var silo = await TimedSilo.Start();
        var now = silo.Time.GetUtcNow();
        var asked = EnrolRules.Asked(new GrantTerms([new Purpose("service.support")], FacetSet.None, SourceScope.None, null, null, null), _by.Tenant, now).Value!;
        var joins = silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IJoinGrain>(Request);
        var join = new Join(_by, Digest.Of([1]), Digest.Of([2]), asked, null, null, null, Digest.Of([3]), null, now, now + Limits.Joins.Lifetime, "en", []) { IsDelivered = true };
        Assert.True((await joins.Ask(join, null)).IsOk);
        Assert.NotNull((await joins.Answer(new AnswerJoin(new JoinClaim(new CustomerKey(Person), "e", Digest.Of([4]), HasProof: false), Digest.Of([3]), null))).Join);

        // The end finds nothing in the ledger yet.
        await joins.Lapse(_by.Tenant, "call-1");
        await silo.Customer(Person).EndCall(_by);
        var yes = new Enrol("e", Request, _by, now, asked, KeepsForLater: false, null, [], JoinAnswers.None);
        Assert.True((await silo.Customer(Person).Enrol(yes)).IsOk);
        Assert.True((await silo.Customer(Person).Look(TimedSilo.Look())).IsOk);

        await joins.Settle();

        Assert.False((await silo.Customer(Person).Look(TimedSilo.Look())).IsOk);
        Assert.Equal(0, (await silo.Customer(Person).GetConsent()).Preferences.Collect.Count);
        Assert.Equal(JoinStanding.Over, (await joins.Get())!.StandingAt(now));
    }
}
