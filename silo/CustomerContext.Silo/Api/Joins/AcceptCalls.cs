using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.Silo.Api.Interactions;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orleans;
using IdentifierFormat = CustomerContext.Domain.Identities.IdentifierFormat;
using Join = CustomerContext.Domain.Joins.Join;
using LinkedIdentifier = CustomerContext.Domain.Identities.LinkedIdentifier;
using Verification = CustomerContext.Domain.Identities.Verification;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>
/// Says yes to a code or link, all or nothing, in this order: checks that write nothing; the request is claimed for one person; the interaction; the identity of the address; the one step of
/// the customer's ledger, which counts; the tenant is told. Cut off anywhere, a repeat with the same request id goes on from there, and the request settles itself.
/// </summary>
internal sealed class AcceptCalls(
    IGrainFactory grains,
    CustomerSelf self,
    InteractionFinder interactions,
    JoinCodes codes,
    JoinGuesses guesses,
    OwnTokens tokens,
    AnswerReader answers,
    CurrentAccess access,
    TimeProvider time)
{
    /// <summary>Says yes.</summary>
    public async Task<AcceptJoinResponse> Accept(Caller caller, AcceptJoinRequest request, CancellationToken left)
    {
        if (caller is TenantCaller)
        {
            throw RpcErrors.NotAllowed("Only a person says yes: without a token, or with their own.");
        }

        JoinCalls.CheckScope(caller);

        var code = JoinCalls.CodeOf(request.Code).OrThrow();
        var (callMe, given) = Read(request);
        var notice = GrantTranslator.Read(request.ShownNotice).OrThrow();
        if (!request.ForMyself || !request.OfAge)
        {
            return new AcceptJoinResponse { Outcome = AcceptJoinOutcome.NothingStored };
        }

        var box = GrantTranslator.Read(request.AiReaders, "ai_readers").OrThrow();
        await guesses.Admit(request.Session, left);
        var key = codes.KeyOf(code);
        var joins = grains.GetGrain<IJoinGrain>(key);
        var proof = request.LinkProof.Length > 0 ? codes.OfProof(key, request.LinkProof) : default(Digest?);

        // Nothing is looked up of the address before the link is known to be the one that went there. What was answered already goes by the content of the answer.
        var join = JoinCode.IsCode(code) ? await joins.Open(proof) ?? (await joins.Get() is { Claim: not null } answered ? answered : null) : null;
        if (join is null)
        {
            throw Wrong(request);
        }

        var who = await WhoIs(caller as CustomerCaller, join, key, request);
        if (Stops(caller, who, join) is { } stopped)
        {
            return stopped;
        }

        // Before the claim: what is refused after it has used the code up. A yes that was said already is told again whatever the time is.
        if (join.Claim is null)
        {
            AiReaderRules.Check(box, time.GetUtcNow()).OrThrow();
        }

        var terms = EnrolRules.TermsOf(join.Terms, request.Preset, request.ShowWhere, JoinCalls.HasSignIn(caller, who.Consent), box).OrThrow();
        var claim = new JoinClaim(who.Customer, request.RequestId, codes.OfContent(request.ToByteArray()), request.LinkProof.Length > 0);
        var answer = await joins.Answer(new AnswerJoin(claim, codes.OfDigits(key, request.Digits), proof));
        if (answer.TriesLeft is { } tries)
        {
            return new AcceptJoinResponse { Outcome = AcceptJoinOutcome.WrongDigits, TriesLeftCount = tries };
        }

        if (answer.Join is not { } claimed)
        {
            throw answer.Refusal?.Reason == RefusalReason.RequestIdReused ? RpcErrors.From(answer.Refusal) : Wrong(request);
        }

        if (claimed.Granted is null)
        {
            var yes = new Enrol(request.RequestId, key, claimed.ByNow, claimed.CreatedAt, terms, request.KeepForLater, callMe, [], given) { Notice = notice };
            var enrolled = await Keep(caller as CustomerCaller, who, claimed, claim.HasProof, yes);
            if (enrolled.Refusal is { } refusal)
            {
                return refusal.Reason == RefusalReason.ConsentRequired ? new AcceptJoinResponse { Outcome = AcceptJoinOutcome.Paused }
                    : throw (refusal.Reason == RefusalReason.InteractionOver ? JoinCalls.NotFound() : RpcErrors.From(refusal));
            }

            await joins.Settle();
            if (await joins.Get() is { HasLapsed: true, Granted: null })
            {
                throw JoinCalls.NotFound();
            }
        }

        return await Accepted(caller, who.Customer, request.RequestId);
    }

    /// <summary>The step that counts, in the interaction as it is; if that has ended because it went on under another id, in that one.</summary>
    private async Task<Outcome<ConsentView>> Keep(CustomerCaller? caller, Person who, Join join, bool hasProof, Enrol yes)
    {
        while (true)
        {
            var by = join.ByNow;
            var opened = await interactions.Find(by.Tenant, by.Interaction!).Add(by, who.Customer);
            var kept = opened.IsOk
                ? await Ledger(who.Customer).Enrol(yes with { By = by, BegunAt = opened.Value.BegunAt, Proved = await NameThem(caller, who, join, hasProof) })
                : opened.Refusal;
            if (kept.Refusal?.Reason != RefusalReason.InteractionOver || await grains.GetGrain<IJoinGrain>(yes.Join).Get() is not { } next || next.ByNow == by)
            {
                return kept;
            }

            join = next;
        }
    }

    private (string? CallMe, JoinAnswers Answers) Read(AcceptJoinRequest request)
    {
        TextRules.Check(request.RequestId, "request_id", Limits.Consents.RequestIdLength).OrThrow();
        JoinCode.CheckProof(request.LinkProof, "link_proof").OrThrow();
        JoinCode.CheckSession(request.Session, "session").OrThrow();
        TextRules.Check(request.Digits, "digits", Limits.Consents.CodeLength).OrThrow();
        TextRules.Check(request.Preset, "preset", Limits.Consents.PresetLength, required: false).OrThrow();
        var named = CallMe.Read(request.CallMe, access.Now.Tenants.Values.SelectMany(tenant => new[] { tenant.Id.Value, tenant.Face.DisplayName }));
        return ((named.IsOk ? named : named.Refusal with { Field = "call_me" }).OrThrow(), answers.Read(request).OrThrow());
    }

    /// <summary>Who answers, and what is proven of them. Nothing is written, and who is nobody yet has the key that a repeat gives them again.</summary>
    private async Task<Person> WhoIs(CustomerCaller? caller, Join join, string key, AcceptJoinRequest request)
    {
        var followed = caller is null && request.LinkProof.Length > 0 && join.JoinedKey is not null;
        var known = caller is not null ? await self.FindKey(caller)
            : followed ? IdentityRules.Resolve(await grains.GetGrain<IIdentityGrain>(join.JoinedKey!).Get())
            : null;
        var consent = known is { } found ? await Ledger(found).GetConsent() : null;

        // Who can sign in is nobody's to be by a link: the tenant's own program has read it.
        if (known is null || (followed && EnrolRules.HasSignIn(consent!)))
        {
            known = codes.Newcomer(key, join.CreatedAt, caller is null ? null : self.Identities(caller)[^1], request.RequestId);
            consent = await Ledger(known.Value).GetConsent();
        }

        return new Person(known.Value, consent!, caller is not null ? self.OwnOf(caller) : followed ? [Followed(join)] : []);
    }

    /// <summary>The address whose link was followed: it is theirs inside this tenant.</summary>
    private LinkedIdentifier Followed(Join join) =>
        new(join.JoinedKey!, join.AddressFormat!.Value, Verification.LinkFollowed, join.By.Tenant, time.GetUtcNow());

    /// <summary>What keeps the customer from saying yes, found before anything is written. A yes that was said already is told again, to who said it.</summary>
    private AcceptJoinResponse? Stops(Caller caller, Person who, Join join) => join switch
    {
        { Claim: not null } => null,
        _ when caller is CustomerCaller me && JoinCalls.IsOldSignIn(me, time.GetUtcNow()) => new AcceptJoinResponse { Outcome = AcceptJoinOutcome.SignInAgain },
        _ when who.Consent.PausedAt is not null => new AcceptJoinResponse { Outcome = AcceptJoinOutcome.Paused },
        _ => null,
    };

    /// <summary>
    /// Lets identities lead to who answers, before their ledger says yes: an identity whose customer has granted nothing is answered as nobody's, so it is harmless if it stops here.
    /// </summary>
    /// <returns>The identifiers that become theirs with the yes.</returns>
    private async Task<ImmutableArray<LinkedIdentifier>> NameThem(CustomerCaller? caller, Person who, Join join, bool hasProof)
    {
        if (caller is null)
        {
            foreach (var address in who.Proved)
            {
                await GiveTo(who.Customer, address.Key, join.By);
            }

            return who.Proved;
        }

        // Somebody who became the login's customer at the same moment goes first.
        if (who.Proved.FirstOrDefault(one => one.Format == IdentifierFormat.IssuerSubject) is { } login
            && (await grains.GetGrain<IIdentityGrain>(login.Key).Claim(who.Customer)).Value != who.Customer)
        {
            throw RpcErrors.Unavailable();
        }

        // A link gave the address to somebody inside this tenant; it is proven now to be this customer's.
        if (!hasProof || join.JoinedKey is not { } joined || who.Proved.All(one => one.Key != join.NamedKey)
            || IdentityRules.Resolve(await grains.GetGrain<IIdentityGrain>(joined).Get()) is not { } holder || holder == who.Customer)
        {
            return who.Proved;
        }

        await GiveTo(who.Customer, joined, join.By);
        return who.Proved.Add(Followed(join));
    }

    /// <summary>Lets the identity of a tenant lead to <paramref name="customer"/>, and no longer to who had it.</summary>
    private async Task GiveTo(CustomerKey customer, string identity, Domain.Consents.TenantActor by)
    {
        var grain = grains.GetGrain<IIdentityGrain>(identity);
        if (IdentityRules.Resolve(await grain.Get()) is { } holder && holder != customer)
        {
            await Ledger(holder).DetachOfTenant(identity, by);
        }

        await grain.Link(customer, verified: true);
    }

    private async Task<AcceptJoinResponse> Accepted(Caller caller, CustomerKey customer, string requestId)
    {
        var consent = await Ledger(customer).GetConsent();
        var response = new AcceptJoinResponse
        {
            Outcome = AcceptJoinOutcome.Accepted,
            Grant = consent.Find(GrantId.For(customer, requestId)) is { } grant ? GrantTranslator.ToProto(grant, time.GetUtcNow()) : null,
        };
        if (caller is not CustomerCaller)
        {
            var (token, until) = tokens.Make(customer);
            (response.AccessToken, response.AccessTokenExpiresTime) = (token, until.ToTimestamp());
        }

        return response;
    }

    private Grpc.Core.RpcException Wrong(AcceptJoinRequest request)
    {
        guesses.Count(request.Session);
        return JoinCalls.NotFound();
    }

    private ICustomerGrain Ledger(CustomerKey customer) => grains.GetGrain<ICustomerGrain>(customer.Value);

    /// <summary>Who answers.</summary>
    private sealed record Person(CustomerKey Customer, ConsentState Consent, ImmutableArray<LinkedIdentifier> Proved);
}
