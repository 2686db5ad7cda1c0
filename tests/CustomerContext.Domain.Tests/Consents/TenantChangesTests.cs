using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class TenantChangesTests
{
    private static readonly ConsentChange Asked = new(ConsentChangeKind.Requested, By: Agent());

    [Fact]
    public void TryAdd_OneMoreThanADay_NotThatTenantsButAnothers()
    {
        var changes = Today();
        Assert.All(Enumerable.Range(0, Limits.Consents.TenantChangesPerDay), _ => Assert.True(changes.TryAdd(Asked)));

        Assert.False(changes.TryAdd(Asked));
        Assert.False(changes.TryAdd(new ConsentChange(ConsentChangeKind.IdentifierLinked, By: Agent())));
        Assert.True(changes.TryAdd(Asked with { By = Agent(Globex) }));
    }

    [Fact]
    public void TryAdd_WhatTheCustomerDoes_NeverCounted()
    {
        var changes = Today(Enumerable.Repeat(Asked, Limits.Consents.TenantChangesPerDay));
        var grant = OfAge.With(Terms()).Grant;

        Assert.False(changes.TryAdd(Asked));
        Assert.True(changes.TryAdd(new ConsentChange(ConsentChangeKind.IdentifierLinked)));
        Assert.True(changes.TryAdd(new ConsentChange(ConsentChangeKind.GrantCreated, grant, By: Agent())));
        Assert.True(changes.TryAdd(new ConsentChange(ConsentChangeKind.CodeFailed, By: Agent())));
    }

    [Fact]
    public void Begin_RecordsOfYesterday_DoNotCount()
    {
        var changes = new TenantChanges();
        Assert.False(changes.IsKnown(Now));
        changes.Begin(Enumerable.Repeat(DisclosureRecord.Of(Asked, Now.AddDays(-1)), Limits.Consents.TenantChangesPerDay), Now);

        Assert.True(changes.IsKnown(Now));
        Assert.False(changes.IsKnown(Now.AddDays(1)));
        Assert.True(changes.TryAdd(Asked));
    }

    [Fact]
    public void RequestConsent_MoreThanAreRemembered_PushOutOwnRequestsOnly()
    {
        var (state, grant) = OfAge.With(Terms(), "mine");
        state = Asking(Asking(state, Globex, 1), Acme, Limits.Consents.RecentRequestsPerTenant + 1);

        Assert.Equal(Limits.Consents.RecentRequestsPerTenant, state.RecentRequests.Count(known => known.RequestId.StartsWith("acme", StringComparison.Ordinal)));
        Assert.Equal(["mine", "globex\nask-0", "acme\nask-1"], state.RecentRequests.Take(3).Select(known => known.RequestId));
        Assert.Equal(grant.Id, Ok(ConsentRules.CreateGrant(state, Customer, new CreateGrant("mine", Acme, Terms()), Now)).Grant!.Id);
    }

    [Fact]
    public void RequestConsent_OfMoreTenantsThanHaveRoom_NoneOfTheCustomersLeaves()
    {
        var state = OfAge.With(Terms(), "mine").State;
        state = Enumerable.Range(0, Limits.Consents.RecentRequestsOfTenants + 1).Aggregate(state, (asked, tenant) => Asking(asked, new($"t{tenant}"), 1));

        Assert.Equal(1 + Limits.Consents.RecentRequestsOfTenants, state.RecentRequests.Length);
        Assert.Equal(["mine", "t1\nask-0"], state.RecentRequests.Take(2).Select(known => known.RequestId));
    }

    private static TenantChanges Today(params IEnumerable<ConsentChange> made)
    {
        var changes = new TenantChanges();
        changes.Begin(made.Select(change => DisclosureRecord.Of(change, Now)), Now);
        return changes;
    }

    /// <summary>What is asked for is taken away at once, so that there is always room for the next.</summary>
    private static ConsentState Asking(ConsentState state, Domain.Common.TenantId tenant, int times) => Enumerable.Range(0, times).Aggregate(
        state,
        (asked, i) => ConsentRules.RequestConsent(asked, new RequestConsent($"ask-{i}", Agent(tenant, $"call-{i}"), Terms(), Now.AddMinutes(1)), Now).State with { Requests = [] });
}
