using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Interactions;
using CustomerContext.Domain.Joins;
using CustomerContext.Storage.Payloads;
using CustomerContext.Storage.Tests.Conformance;

namespace CustomerContext.Storage.Tests.Payloads;

/// <summary>The bytes of every stored type, pinned: what an earlier version wrote must be read for ever.</summary>
public sealed class PayloadCodecTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Encode_ConsentState_PinnedBytes() => AssertPinned(Consent(), PinnedPayloads.ConsentState3WithContactAndAiReaders);

    [Fact]
    public void Decode_ConsentStateFromBeforeContactsAndAiReaders_NobodyAllowsThem() => Assert.Equivalent(
        Before11(), ConsentPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.ConsentState3WithNews)), strict: true);

    [Fact]
    public void Decode_ConsentStateFromBeforeNews_AllElseThere() => Assert.Equivalent(
        Before11() with { News = [] }, ConsentPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.ConsentState3)), strict: true);

    [Fact]
    public void Encode_Interaction_PinnedBytes() => AssertPinned(
        new Interaction(new TenantId("acme"), "call-1", [new CustomerKey("00ff"), new CustomerKey("11ee")], ["aa11"], "a9", Now, Now.AddHours(1)), PinnedPayloads.Interaction1);

    [Theory]
    [InlineData(PinnedPayloads.ConsentState1)]
    [InlineData(PinnedPayloads.ConsentState2)]
    public void Decode_ConsentStateOfEarlierFormats_GrantsKeepTheirMeaning(string pinned)
    {
        var (used, plain) = (Consent().Grants[0], Consent().Grants[1]);
        var read = ConsentPayload.Codec.Decode(Convert.FromHexString(pinned));

        Assert.Equal((used.Scope, used.UsedAt, null), (read.Grants[0].Scope, read.Grants[0].EndedAt, read.Grants[0].Preset));
        Assert.True(read.Grants[0].HasEnded(Now.AddMinutes(1)));
        Assert.Equal(SourceScope.OwnOf(plain.Tenant), read.Grants[1].Scope);
        Assert.Equal((plain.From, plain.Until, plain.RevokedAt, plain.Facets), (read.Grants[1].From, plain.Until, read.Grants[1].RevokedAt, read.Grants[1].Facets));
        Assert.Empty(read.Calls);
    }

    [Fact]
    public void Decode_IdentityStateOfFormat1_ReadAsItWas() => Assert.Equivalent(
        new IdentityState([new IdentityHolder(new CustomerKey("00ff"), true), new IdentityHolder(new CustomerKey("11ee"), false)]),
        IdentityPayload.Codec.Decode(Convert.FromHexString(PinnedPayloads.IdentityState1)),
        strict: true);

    [Fact]
    public void Encode_LedgerEntry_PinnedBytes() => AssertPinned(Given.Entries(ChainHead.Empty, 3, 1)[0], PinnedPayloads.LedgerEntry1);

    [Fact]
    public void Encode_IdentityState_PinnedBytes() => AssertPinned(
        new IdentityState([new IdentityHolder(new CustomerKey("00ff"), true), new IdentityHolder(new CustomerKey("11ee"), false)], IsCrowded: true), PinnedPayloads.IdentityState2);

    [Fact]
    public void Encode_Checkpoint_PinnedBytes() => AssertPinned(
        new Checkpoint(new ChainHead(3, Given.Entries(ChainHead.Empty, 3, 1)[0].Hash), Now, "a.b.c"), PinnedPayloads.Checkpoint1);

    [Fact]
    public void Decode_ConsentState_NothingLost()
    {
        var state = Consent() with { ErasedAt = Now.AddDays(1), ChangedAt = Now.AddDays(2) };
        var read = ConsentPayload.Codec.Decode(ConsentPayload.Codec.Encode(state));

        // Owners have become sources before terms are kept.
        Assert.Equal(["GrantTerms.Owners"], Unset.PropertiesIn(state).Distinct());
        Assert.Equal((state.Epoch, state.PausedAt), (read.Epoch, read.PausedAt));
        Assert.Equal((state.ErasedAt, state.ChangedAt), (read.ErasedAt, read.ChangedAt));
        Assert.Equal(state.RecentRequests.ToArray(), read.RecentRequests.ToArray());
        Assert.Equal(Json(state), Json(read));
        Assert.Equivalent(state, read, strict: true);
    }

    [Fact]
    public void Decode_AnyByteChanged_Throws()
    {
        var payload = ConsentPayload.Codec.Encode(Consent());
        for (var index = 0; index < payload.Length; index++)
        {
            var damaged = payload.ToArray();
            damaged[index] ^= 0x10;
            Assert.Throws<PayloadException>(() => ConsentPayload.Codec.Decode(damaged));
        }
    }

    [Fact]
    public void Decode_AnyLengthCutOff_Throws()
    {
        var payload = ConsentPayload.Codec.Encode(Consent());
        for (var length = 0; length < payload.Length; length++)
        {
            Assert.Throws<PayloadException>(() => ConsentPayload.Codec.Decode(payload.AsSpan(0, length)));
        }
    }

    [Fact]
    public void Decode_NewerFormat_ThrowsAndSaysSo()
    {
        var payload = ConsentPayload.Codec.Encode(Consent());
        payload[0]++;

        var error = Assert.Throws<PayloadException>(() => ConsentPayload.Codec.Decode(payload));
        Assert.Contains("format 4; this version reads format 3 and older", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Encode_AtTheLimitAndOnePast_LastThrows()
    {
        var room = Limits.Storage.PayloadBytes - LedgerEntryPayload.Codec.Encode(Entry(100_000)).Length + 100_000;

        Assert.Equal(Limits.Storage.PayloadBytes, LedgerEntryPayload.Codec.Encode(Entry(room)).Length);
        Assert.Throws<PayloadException>(() => LedgerEntryPayload.Codec.Encode(Entry(room + 1)));

        static LedgerEntry Entry(int bytes) => new(1, 1, [], [.. new byte[bytes]], Digest.Zero, Digest.Zero);
    }

    [Fact]
    public void For_TypeWithoutCodec_Throws() => Assert.Throws<InvalidOperationException>(PayloadCodecs.For<Uri>);

    private static ConsentState Consent()
    {
        var key = new CustomerKey("00112233445566778899aabbccddeeff");
        var preferences = new Preferences(
            SourceScope.Of([new TenantId("acme")], [new SourceId("globex/shop"), SourceId.Customer]), [new Purpose("service.support")], true, true, true, true);
        var state = ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("p1", preferences)).Value!.State;
        var call = new GrantTerms([new Purpose("service.support")], FacetSet.All, SourceScope.Of([], [new SourceId("acme/crm")]), null, null, GrantWhen.ThisCallOnly, "call-1", true);
        state = ConsentRules.CreateGrant(state, key, new CreateGrant("r1", new TenantId("acme"), call), Now).Value!.State;
        var plain = new GrantTerms(
            [new Purpose("marketing.offer")], FacetSet.Of(Facet.TopOfMind), SourceScope.None, null, Now.AddMonths(12), GrantWhen.DuringMyConversations, null, false, SourceOwners.Own, true);
        state = ConsentRules.CreateGrant(state, key, new CreateGrant("r2", new TenantId("globex"), plain), Now).Value!.State;
        state = ConsentRules.RevokeGrant(state, new RevokeGrant("v1", state.Grants[1].Id), Now.AddHours(1)).Value!.State;
        state = ConsentRules.PauseAll(state, new PauseAll("p2", true), Now.AddHours(2)).Value!.State;
        var full = call with { From = Now.AddDays(1), Until = Now.AddDays(2), Preset = "this-call", PresetVersion = 1 };
        plain = plain with { Owners = SourceOwners.None, Sources = SourceScope.OwnOf(new TenantId("globex")) };
        return state with
        {
            Grants = [state.Grants[0] with { UsedAt = Now.AddMinutes(1), EndedAt = Now.AddMinutes(2), Notice = new ShownNotice("2026-11", "en"), AiReaders = new AiReaders(20, Now.AddDays(1)), AiReads = new AiReads(new DateOnly(2026, 3, 1), 3) }, state.Grants[1]],
            Preferences = state.Preferences with { CallMe = "Ana", ContributeReading = true, MayBeContacted = true },
            Calls = [new Call(new TenantId("acme"), ["call-2"], ["call-1"], Now, Now.AddHours(4), "a9", true)],
            Talking = [new OpenedConversation(new TenantId("acme"), Now.AddHours(4))],
            Networks = [new ConnectedNetwork(new TenantId("mastodon-example"), "1001", Now)],
            CollectUntil = [new CallCollect(new TenantId("acme"), "call-2", SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), Now.AddHours(4))],
            Codes = [new SharingCode(new TenantId("acme"), "c1", Digest.Of([1]), full with { AiReaders = new AiReaders(50, Now.AddDays(2)) }, Now.AddMinutes(5), 2) { Notice = new ShownNotice("2026-11", "de") }, new SharingCode(new TenantId("globex"), "c2", Digest.Of([2]), plain, Now, 0)],
            Requests = [new WaitingRequest("q1", new TenantId("acme"), plain, "call-9", Now, Now.AddDays(1)) { Actor = "a9", IsDeclined = true }, new WaitingRequest("q2", new TenantId("globex"), full, null, Now, Now.AddDays(1))],
            Identifiers =
            [
                new LinkedIdentifier("k.1", IdentifierFormat.Email, Verification.Verified, null, Now),
                new LinkedIdentifier("k.2", IdentifierFormat.Opaque, Verification.Tenant, new TenantId("acme"), Now),
            ],
            SentCodes = [new SentCode("k.3", IdentifierFormat.Phone, Digest.Of([3]), Now, 4)],
            Merge = new Merge(new CustomerKey("ff"), "k.4", Now),
            News =
            [
                new GrantNews(NewsKind.Narrowed, new TenantId("acme"), new GrantId("0f0f"), 2, 7, Now),
                new GrantNews(NewsKind.Ended, new TenantId("globex"), new GrantId("1e1e"), 1, 9, Now.AddMinutes(1)),
            ],
            Due = new DueAnswers("aa11", Now, new JoinAnswers(["router"], "refund", ["call_before_noon"])),
        };
    }

    /// <summary>Without what format 11 brought.</summary>
    private static ConsentState Before11()
    {
        var state = Consent();
        return state with
        {
            Preferences = state.Preferences with { MayBeContacted = false },
            Grants = [.. state.Grants.Select(grant => grant with { AiReaders = null, AiReads = null })],
            Codes = [.. state.Codes.Select(code => code with { Terms = code.Terms with { AiReaders = null } })],
        };
    }

    private static IEnumerable<string> Json(ConsentState state) => state.Grants
        .Select(grant => new ConsentChange(ConsentChangeKind.GrantUpdated, grant, state.Preferences))
        .Select(change => Convert.ToHexString(DisclosureRecord.Of(change, Now).ToBytes().AsSpan()));

    private static void AssertPinned<T>(T value, string pinned)
    {
        var codec = PayloadCodecs.For<T>();
        Assert.Equal(pinned, Convert.ToHexStringLower(codec.Encode(value)));
        Assert.Equal(pinned, Convert.ToHexStringLower(codec.Encode(codec.Decode(Convert.FromHexString(pinned)))));
    }
}
