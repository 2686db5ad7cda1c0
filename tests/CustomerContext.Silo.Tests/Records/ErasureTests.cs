using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Grains.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Records;

/// <summary>What is left of an erased customer, seen from the grains.</summary>
public sealed class ErasureTests : IAsyncLifetime
{
    private const string Key = "00112233445566778899aabbccddeeff";

    private TimedSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await TimedSilo.Start();

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    [Fact]
    public async Task Erase_CustomerWithEverything_HashesAreLeft()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await _silo.Publish(customer, "s1");
        await customer.Look(TimedSilo.Look());
        await customer.Look(TimedSilo.Look("globex"));
        await customer.ListRefusedLooks();

        var erased = await customer.Erase([]);

        var consent = await customer.GetConsent();
        Assert.Equal(_silo.Time.GetUtcNow(), consent.ErasedAt);
        Assert.Empty(consent.Grants);
        Assert.Empty(consent.RecentRequests);
        Assert.Empty((await customer.GetContext()).Sources);
        Assert.Empty(await _silo.Services.GetRequiredService<IRefusedLooks>().ListAsync(new CustomerKey(Key)));
        var chain = await customer.ListRecords(long.MaxValue, 100);
        Assert.All(chain, entry => Assert.True(entry.IsErased));
        Assert.Null(Chain.Verify(ChainHead.Empty, chain.Reverse(), erased.Head));
    }

    /// <summary>Consent names a company no more whose grants ended long ago, and yet it may have been told within the day.</summary>
    [Fact]
    public async Task Erase_CompanyThatConsentDoesNotName_IsNotToldOfThemAgain()
    {
        var index = _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<INewsIndexGrain>(NewsIndexKeys.Of(new TenantId("globex"), new CustomerKey(Key)));
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await customer.Look(TimedSilo.Look());
        await index.Note(new CustomerKey(Key), _silo.Time.GetUtcNow());
        Assert.Single(await index.Since(_silo.Time.GetUtcNow()));

        await customer.Erase([]);

        Assert.Empty(await index.Since(_silo.Time.GetUtcNow()));
    }

    [Fact]
    public async Task Index_ADayAndAnHourLaterWithNobodyAsking_IsEmpty()
    {
        var index = _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<INewsIndexGrain>(NewsIndexKeys.Of(new TenantId("globex"), new CustomerKey(Key)));
        var noted = _silo.Time.GetUtcNow();
        await index.Note(new CustomerKey(Key), noted);
        _silo.Time.Jump(Domain.Limits.News.Longest + TimeSpan.FromHours(1));

        await index.ReceiveReminder("every hour", default);

        _silo.Time.Jump(-Domain.Limits.News.Longest);
        Assert.Empty(await index.Since(noted));
    }

    [Fact]
    public async Task Erase_Again_SameHead()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);

        var first = await customer.Erase([]);
        _silo.Time.Jump(TimeSpan.FromDays(1));
        var second = await customer.Erase([]);

        Assert.Equal(first.Head, second.Head);
    }

    [Fact]
    public async Task Look_AtAnErasedCustomer_RefusedAndNotCounted()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await customer.Erase([]);

        Assert.Equal(RefusalReason.ConsentRequired, (await customer.Look(TimedSilo.Look())).Refusal!.Reason);
        Assert.Empty(await customer.ListRefusedLooks());
    }

    [Fact]
    public async Task Publish_AboutAnErasedCustomer_LooksAcceptedAndLeavesNothing()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await customer.Erase([]);

        await _silo.Publish(customer, "s1");

        Assert.Empty((await customer.GetContext()).Sources);
    }

    [Fact]
    public async Task SetPreferences_OfAnErasedCustomer_NothingRevives()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await customer.Erase([]);

        var again = await customer.SetPreferences(new SetPreferences("p2", Preferences.Off with { OfAge = true }));

        Assert.Equal(RefusalReason.Unavailable, again.Refusal!.Reason);
        Assert.False((await customer.GetConsent()).Preferences.OfAge);
    }

    [Fact]
    public async Task Attach_ToAnErasedCustomer_NothingIsAttachedAndTheCompanyIsNotTold()
    {
        var customer = _silo.Customer(Key);
        await _silo.MakeCustomer(customer);
        await customer.Erase([]);
        var now = _silo.Time.GetUtcNow();
        var acme = new TenantId("acme");
        var theirs = new LinkedIdentifier("of acme", IdentifierFormat.Opaque, Verification.Tenant, acme, now);
        var own = new LinkedIdentifier("own", IdentifierFormat.Email, Verification.Verified, null, now);

        await customer.AttachOfTenant(theirs, new TenantActor(acme, ActorRole.Service, "crm", null));
        await customer.AttachOwn(own);

        Assert.Empty((await customer.GetConsent()).Identifiers);
        foreach (var identifier in (LinkedIdentifier[])[theirs, own])
        {
            Assert.Empty((await _silo.Services.GetRequiredService<IGrainFactory>().GetGrain<IIdentityGrain>(identifier.Key).Get()).Holders);
        }
    }
}
