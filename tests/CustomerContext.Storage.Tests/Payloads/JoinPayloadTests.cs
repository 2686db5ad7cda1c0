using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Joins;
using CustomerContext.Storage.Payloads;

namespace CustomerContext.Storage.Tests.Payloads;

/// <summary>The bytes of requests for consent and of addresses that got messages, pinned.</summary>
public sealed class JoinPayloadTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly JoinState State = new(
        new Join(
            new TenantActor(new TenantId("acme"), ActorRole.Person, "a9", "call-1"),
            Digest.Of([1]),
            Digest.Of([2]),
            new GrantTerms(
                [new Purpose("service.support")], FacetSet.All, SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), Now.AddHours(1), Now.AddHours(2), GrantWhen.ThisCallOnly, "call-1", true,
                ShowWhere: true, Preset: "this-call", PresetVersion: 1),
            new CustomerKey("00ff"),
            "k.1",
            "k.2",
            Digest.Of([3]),
            Digest.Of([4]),
            Now,
            Now.AddMinutes(30),
            "de",
            [7, 8, 9])
        {
            IsDelivered = true,
            WrongDigits = 2,
            HasLapsed = true,
            Claim = new JoinClaim(new CustomerKey("11ee"), "y1", Digest.Of([5]), HasProof: true),
            Granted = new GrantId("aa"),
            IsConfirmed = true,
            ContinuedBy = "b7",
            ContinuedIn = ["call-2"],
            AddressFormat = IdentifierFormat.Phone,
        },
        new StopProof("bb", Digest.Of([4]), Now.AddDays(30)));

    [Fact]
    public void Encode_JoinState_PinnedBytesAndNothingLost()
    {
        var read = JoinPayload.Codec.Decode(JoinPayload.Codec.Encode(State));

        // Owners have become sources before terms are kept, and no company can ask for the box of AI readers.
        Assert.Equal(["GrantTerms.Owners", "GrantTerms.AiReaders"], Unset.PropertiesIn(State));
        Assert.Equivalent(State, read, strict: true);
        Assert.Equal(PinnedPayloads.JoinState1, Convert.ToHexStringLower(JoinPayload.Codec.Encode(State)));
    }

    [Fact]
    public void Decode_JoinStateWithoutAnythingOptional_ReadAsItWas()
    {
        var bare = State.Join! with
        {
            Asked = null,
            NamedKey = null,
            JoinedKey = null,
            Proof = null,
            Claim = null,
            Granted = null,
            ContinuedBy = null,
            ContinuedIn = [],
            AddressFormat = null,
            Sealed = [],
        };

        Assert.Equivalent(new JoinState(bare, null), JoinPayload.Codec.Decode(JoinPayload.Codec.Encode(new JoinState(bare, null))), strict: true);
        Assert.Equivalent(JoinState.Empty, JoinPayload.Codec.Decode(JoinPayload.Codec.Encode(JoinState.Empty)), strict: true);
    }

    [Fact]
    public void Encode_AddressState_PinnedBytes()
    {
        var state = new AddressState(true, 24315, ["aa", "bb"]);

        Assert.Equal(PinnedPayloads.AddressState1, Convert.ToHexStringLower(JoinPayload.Address.Encode(state)));
        Assert.Equivalent(state, JoinPayload.Address.Decode(Convert.FromHexString(PinnedPayloads.AddressState1)), strict: true);
    }
}
