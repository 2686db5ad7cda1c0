using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Joins;
using Google.Protobuf;

namespace CustomerContext.Storage.Payloads;

/// <summary>Requests for consent, and addresses that got messages.</summary>
internal static class JoinPayload
{
    public static IPayloadCodec<JoinState> Codec { get; } = new PayloadCodec<JoinState, Stored.JoinState>(1, ToMessage, FromMessage);

    public static IPayloadCodec<AddressState> Address { get; } = new PayloadCodec<AddressState, Stored.AddressState>(
        1,
        state => new Stored.AddressState { IsStopped = state.IsStopped, Month = state.Month, Joins = { state.Joins } },
        stored => new AddressState(stored.IsStopped, stored.Month, [.. stored.Joins]));

    private static Stored.JoinState ToMessage(JoinState state) => new()
    {
        Join = state.Join is { } join ? ToMessage(join) : null,
        Stop = state.Stop is { } stop
            ? new Stored.StopProof { Address = stop.Address, Proof = Bytes(stop.Proof), UntilTicks = Ticks.Of(stop.Until) }
            : null,
    };

    private static JoinState FromMessage(Stored.JoinState stored) => new(
        stored.Join is { } join ? FromMessage(join) : null,
        stored.Stop is { } stop ? new StopProof(stop.Address, Digest.Read(stop.Proof.Span), Ticks.Instant(stop.UntilTicks)) : null);

    private static Stored.Join ToMessage(Join join)
    {
        var stored = new Stored.Join
        {
            Tenant = join.By.Tenant.Value,
            Role = (int)join.By.Role,
            Actor = join.By.Actor,
            Request = Bytes(join.Request),
            Content = Bytes(join.Content),
            Terms = OfferPayload.ToMessage(join.Terms),
            Digits = Bytes(join.Digits),
            CreatedTicks = Ticks.Of(join.CreatedAt),
            UntilTicks = Ticks.Of(join.Until),
            Language = join.Language,
            Sealed = ByteString.CopyFrom(join.Sealed.AsSpan()),
            IsDelivered = join.IsDelivered,
            WrongDigits = join.WrongDigits,
            HasLapsed = join.HasLapsed,
            IsConfirmed = join.IsConfirmed,
            ContinuedIn = { join.ContinuedIn },
            Claim = join.Claim is { } claim
                ? new Stored.JoinClaim { Customer = claim.Customer.Value, RequestId = claim.RequestId, Content = Bytes(claim.Content), HasProof = claim.HasProof }
                : null,
        };
        if (join.By.Interaction is { } interaction)
        {
            stored.Interaction = interaction;
        }

        if (join.Asked is { } asked)
        {
            stored.Asked = asked.Value;
        }

        if (join.NamedKey is { } named)
        {
            stored.NamedKey = named;
        }

        if (join.JoinedKey is { } joined)
        {
            stored.JoinedKey = joined;
        }

        if (join.AddressFormat is { } format)
        {
            stored.AddressFormat = (int)format;
        }

        if (join.ContinuedBy is { } actor)
        {
            stored.ContinuedBy = actor;
        }

        if (join.Proof is { } proof)
        {
            stored.Proof = Bytes(proof);
        }

        if (join.Granted is { } granted)
        {
            stored.Granted = granted.Value;
        }

        return stored;
    }

    private static Join FromMessage(Stored.Join stored) => new(
        new TenantActor(new TenantId(stored.Tenant), (ActorRole)stored.Role, stored.Actor, stored.HasInteraction ? stored.Interaction : null),
        Digest.Read(stored.Request.Span),
        Digest.Read(stored.Content.Span),
        OfferPayload.FromMessage(stored.Terms),
        stored.HasAsked ? new CustomerKey(stored.Asked) : null,
        stored.HasNamedKey ? stored.NamedKey : null,
        stored.HasJoinedKey ? stored.JoinedKey : null,
        Digest.Read(stored.Digits.Span),
        stored.HasProof ? Digest.Read(stored.Proof.Span) : null,
        Ticks.Instant(stored.CreatedTicks),
        Ticks.Instant(stored.UntilTicks),
        stored.Language,
        [.. stored.Sealed.Span])
    {
        IsDelivered = stored.IsDelivered,
        WrongDigits = stored.WrongDigits,
        HasLapsed = stored.HasLapsed,
        Claim = stored.Claim is { } claim
            ? new JoinClaim(new CustomerKey(claim.Customer), claim.RequestId, Digest.Read(claim.Content.Span), claim.HasProof)
            : null,
        Granted = stored.HasGranted ? new GrantId(stored.Granted) : null,
        IsConfirmed = stored.IsConfirmed,
        ContinuedBy = stored.HasContinuedBy ? stored.ContinuedBy : null,
        ContinuedIn = [.. stored.ContinuedIn],
        AddressFormat = stored.HasAddressFormat ? (IdentifierFormat)stored.AddressFormat : null,
    };

    public static Stored.DueAnswers ToMessage(DueAnswers due)
    {
        var stored = new Stored.DueAnswers { Join = due.Join, AtTicks = Ticks.Of(due.At), Topics = { due.Answers.Topics }, PleaseDoNot = { due.Answers.PleaseDoNot } };
        if (due.Answers.WantedOutcome is { } outcome)
        {
            stored.WantedOutcome = outcome;
        }

        return stored;
    }

    public static DueAnswers FromMessage(Stored.DueAnswers stored) => new(
        stored.Join,
        Ticks.Instant(stored.AtTicks),
        new JoinAnswers([.. stored.Topics], stored.HasWantedOutcome ? stored.WantedOutcome : null, [.. stored.PleaseDoNot]));

    private static ByteString Bytes(Digest digest) => ByteString.CopyFrom(digest.ToArray());
}
