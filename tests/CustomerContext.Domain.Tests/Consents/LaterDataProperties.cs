using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Joins;
using FsCheck;
using FsCheck.Fluent;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>
/// A yes stays as wide as it was said. Whatever a later file of presets says, whichever facets purposes get and whichever networks the customer connects: what the grant opens is the same or less. So for a
/// grant from the customer's page, and for a code, a request and a join that were offered before and are answered after.
/// </summary>
public sealed class LaterDataProperties
{
    private static readonly TenantId[] Networks = [new("mastodon-a"), new("mastodon-b"), new("mastodon-c")];

    private static readonly ImmutableArray<SourceId> Sources =
        [AcmeCrm, SourceId.Of(Acme, "chat"), GlobexShop, SourceId.Customer, .. Networks.Select(network => SourceId.Of(network, "posts"))];

    private static readonly Gen<ImmutableArray<Preset>> Presets =
        from whens in Gen.Elements(Enum.GetValues<GrantWhen>()).ArrayOf(3)
        from owners in Gen.Elements(SourceOwners.Own, SourceOwners.Mine, SourceOwners.Own | SourceOwners.Mine).ArrayOf(3)
        from earlier in Gen.Elements(true, false).ArrayOf(3)
        from months in Gen.Choose(0, 12).ArrayOf(3)
        from requested in Gen.Elements(true, false).ArrayOf(3)
        from version in Gen.Choose(1, 9)
        select PresetTable.All.Select((preset, i) => new Preset(preset.Name, version, whens[i], owners[i], earlier[i], months[i], requested[i], "")).ToImmutableArray();

    private static readonly Gen<GrantTerms> Asked =
        from facets in Gen.Frequency((2, Gen.Constant(0)), (1, Gen.Choose(1, 511)))
        from named in Gen.SubListOf(AcmeCrm, GlobexShop, Sources[^1])
        from owners in Gen.Elements(SourceOwners.None, SourceOwners.Own, SourceOwners.Mine, SourceOwners.Own | SourceOwners.Mine)
        from when in Gen.Elements<GrantWhen?>(null, null, GrantWhen.DuringMyConversations, GrantWhen.ThisCallOnly, GrantWhen.AnyTime)
        from earlier in Gen.Elements<bool?>(null, true, false)
        from preset in Gen.Elements(null, "this-call", "when-we-talk", "always")
        from showWhere in Gen.Elements(true, false)
        select new GrantTerms([Support], new FacetSet(facets << 1), SourceScope.Of([], named), null, null, when, null, earlier, owners, showWhere, preset);

    private static readonly Gen<Run> Runs =
        from asked in Asked
        from presets in Presets
        from later in Presets
        from facets in Gen.Choose(1, 511)
        from added in Gen.Choose(0, 511)
        from connected in Gen.SubListOf(Networks)
        from use in Gen.Elements(Enum.GetValues<PresetUse>())
        from minutes in Gen.Frequency((1, Gen.Choose(0, 60 * 5)), (1, Gen.Choose(0, 60 * 24 * 400)))
        from isTalking in Gen.Elements(true, false)
        select new Run(
            asked with { Facets = asked.Facets.Intersect(new FacetSet(facets << 1)) }, use, presets, later, With(new FacetSet(facets << 1)), With(new FacetSet((facets | added) << 1)),
            [.. connected], Now.AddMinutes(minutes), isTalking ? Talking : null);

    [Fact]
    public void Grant_UnderLaterPresetsFacetsAndNetworks_OpensNoMore() => Check(Runs, run =>
    {
        var before = Connect(OfAge, run.Connected.Take(1));
        if (PresetRules.Expand(run.Asked, run.Use, before, Acme, Now, run.Presets, run.Purposes).Value is not { } whole
            || ConsentRules.NewGrant(new GrantId("g"), Acme, whole, null, Now).Value is not { } grant)
        {
            return;
        }

        var given = before with { Grants = [grant] };
        var after = Connect(given, run.Connected.Skip(1));

        // Who asks the presets once more, as they are by then, is told the same: nothing was left open but the end of a call, and the grant has its end.
        var again = Ok(PresetRules.Expand(whole with { Preset = null }, PresetUse.Page, after, Acme, run.At, run.Later, run.LaterPurposes));
        Assert.Equal(whole, again with { Preset = whole.Preset, Until = whole.Until });
        NoMore(Opened(given, run, run.Purposes), Opened(after, run, run.LaterPurposes));

        // A change of one thing leaves all else as it was.
        var changed = ConsentRules.UpdateGrant(after, new UpdateGrant("u", grant.Id, ConsentRules.TermsOf(grant) with { IncludeEarlier = false }), Now);
        NoMore(Opened(given, run, run.Purposes), Opened(changed.Value?.State ?? after, run, run.LaterPurposes));
    });

    [Fact]
    public void Code_RedeemedAfterNetworksWereConnected_OpensNoMore() => Check(Runs, run =>
    {
        var before = Connect(OfAge, run.Connected.Take(1));
        if (ConsentRules.CreateSharingCode(before, new CreateSharingCode("c", Acme, run.Asked, TimeSpan.FromMinutes(5)), Hash("right"), Now).Value is not { } made)
        {
            return;
        }

        NoMore(Opened(Redeemed(made.State), run, PurposeTable.Find), Opened(Redeemed(Connect(made.State, run.Connected.Skip(1))), run, PurposeTable.Find));

        static ConsentState Redeemed(ConsentState state) => Ok(ConsentRules.RedeemSharingCode(state, Customer, new RedeemSharingCode("t", Agent(), Hash("right")), Now, Now)).State;
    });

    [Fact]
    public void Request_AnsweredAfterNetworksWereConnected_OpensNoMore() => Check(Runs, run =>
    {
        if (EnrolRules.Asked(run.Asked, Acme, Now).Value is not { } offered)
        {
            return;
        }

        // Somebody who is there already: who does not exist is not asked.
        var before = Connect(OfAge with { Epoch = 1 }, run.Connected.Take(1));
        var asked = ConsentRules.RequestConsent(before, new RequestConsent("join", Agent(), offered, Now + Limits.Joins.Lifetime), Now).State;
        NoMore(Opened(Approved(asked), run, PurposeTable.Find), Opened(Approved(Connect(asked, run.Connected.Skip(1))), run, PurposeTable.Find));
        NoMore(Opened(Joined(before, offered), run, PurposeTable.Find), Opened(Joined(Connect(before, run.Connected.Skip(1)), offered), run, PurposeTable.Find));

        static ConsentState Approved(ConsentState state) => Ok(ConsentRules.DecideConsent(state, Customer, new DecideConsent("d", "join", true, null), null, Now, Now)).State;

        static ConsentState Joined(ConsentState state, GrantTerms terms) => Ok(EnrolRules.Enrol(
            state, Customer, new Enrol("e", "join", Agent(), Now, Ok(EnrolRules.TermsOf(terms, terms.Preset!, false, true)), false, null, [], JoinAnswers.None), Now)).State;
    });

    /// <summary>Since when each facet of each source is open, and whether links of the source are shown.</summary>
    private static Dictionary<(Facet, SourceId), (DateTimeOffset Since, bool Links)> Opened(ConsentState state, Run run, Func<Purpose, PurposeRule?> purposes) =>
        ReadRules.Decide(state, Read(), run.Talk, run.At, purposes).Value is not { } decision ? []
        : (from slice in decision.Slices
           from facet in slice.Facets.Each()
           from source in Sources
           where slice.View.Since(source) is not null
           select (Key: (facet, source), Value: (slice.View.Since(source)!.Value, slice.View.ShowsLinks(source)))).ToDictionary(one => one.Key, one => one.Value);

    private static void NoMore(Dictionary<(Facet, SourceId), (DateTimeOffset Since, bool Links)> before, Dictionary<(Facet, SourceId), (DateTimeOffset Since, bool Links)> after) =>
        Assert.All(after, one =>
        {
            Assert.Contains(one.Key, before.Keys);
            Assert.True(one.Value.Since >= before[one.Key].Since);
            Assert.True(before[one.Key].Links || !one.Value.Links);
        });

    /// <summary>The customer connects these, and ticks no grant.</summary>
    private static ConsentState Connect(ConsentState state, IEnumerable<TenantId> networks) => networks.Aggregate(state, (all, network) =>
        Ok(ConsentRules.ConnectNetwork(
            all,
            new ConnectNetwork(network.Value, network, "1001", []),
            new LinkedIdentifier(network.Value, IdentifierFormat.Opaque, Verification.Tenant, network, Now),
            Now)).State);

    private static Func<Purpose, PurposeRule?> With(FacetSet facets) => purpose => PurposeTable.Find(purpose) is { } rule ? rule with { Facets = facets } : null;

    private static void Check(Gen<Run> runs, Action<Run> property) => Prop.ForAll(Arb.From(runs), property).Check(Config.QuickThrowOnFailure.WithMaxTest(1_000));

    private sealed record Run(
        GrantTerms Asked,
        PresetUse Use,
        ImmutableArray<Preset> Presets,
        ImmutableArray<Preset> Later,
        Func<Purpose, PurposeRule?> Purposes,
        Func<Purpose, PurposeRule?> LaterPurposes,
        ImmutableArray<TenantId> Connected,
        DateTimeOffset At,
        TalkTimes? Talk);
}
