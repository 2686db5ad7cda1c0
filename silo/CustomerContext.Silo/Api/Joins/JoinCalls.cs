using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using CustomerContext.Domain.Wording;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Orleans;
using Join = CustomerContext.Domain.Joins.Join;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>What a person does with a code or link before they say yes: looks at it, or wants no more messages.</summary>
internal sealed class JoinCalls(IGrainFactory grains, CustomerSelf self, JoinCodes codes, JoinGuesses guesses, CurrentAccess access, TimeProvider time)
{
    /// <summary>Shows what a code or link asks for. Nothing is written, and without a customer's token nothing but the request is read.</summary>
    public async Task<OpenJoinResponse> Open(Caller caller, OpenJoinRequest request, CancellationToken left)
    {
        CheckScope(caller);
        var code = CodeOf(request.Code).OrThrow();
        JoinCode.CheckProof(request.LinkProof, "link_proof").OrThrow();
        JoinCode.CheckSession(request.Session, "session").OrThrow();
        TextRules.Check(request.Language, "language", Limits.Signals.LanguageCharacters, required: false).OrThrow();
        await guesses.Admit(request.Session, left);
        if (await Find(code, request.LinkProof) is not { } join)
        {
            guesses.Count(request.Session);
            throw NotFound();
        }

        var customer = caller is CustomerCaller someone ? await self.Find(someone) : null;
        var consent = customer is null ? ConsentState.None : await customer.GetConsent();
        var now = time.GetUtcNow();
        return new OpenJoinResponse
        {
            Tenant = join.By.Tenant.Value,
            TenantDisplayName = access.Now.Tenants.GetValueOrDefault(join.By.Tenant)?.Face.DisplayName ?? join.By.Tenant.Value,
            Terms = GrantTranslator.ToProto(join.Terms, join.By.Tenant),
            Words = { JoinWords.Of(join.Terms, join.By.Tenant, Languages.Of(request.Language)) },
            ExpiresTime = join.Until.ToTimestamp(),
            TriesLeftCount = Limits.Joins.DigitTries - join.WrongDigits,
            Presets = { EnrolRules.Presets(join.Terms, HasSignIn(caller, consent)) },
            NeedsSignIn = caller is CustomerCaller me && IsOldSignIn(me, now),
            PausedSinceTime = consent.PausedAt?.ToTimestamp(),
            LiveGrant = EnrolRules.LiveGrant(consent, join, now) is { } grant ? GrantTranslator.ToProto(grant, now) : null,
        };
    }

    /// <summary>Never again a message to the address that this link went to. Who shows no such link gets the same answer.</summary>
    public async Task<StopMessagesResponse> Stop(StopMessagesRequest request)
    {
        var code = CodeOf(request.Code).OrThrow();
        JoinCode.CheckProof(request.LinkProof, "link_proof", required: true).OrThrow();
        var key = codes.KeyOf(code);
        if (await grains.GetGrain<IJoinGrain>(key).AddressOf(codes.OfProof(key, request.LinkProof)) is { } address)
        {
            await grains.GetGrain<IAddressGrain>(address).Stop();
        }

        return new StopMessagesResponse();
    }

    /// <summary>The digits of a code; refused if there are too many characters.</summary>
    public static Outcome<string> CodeOf(string text)
    {
        var digits = SecretCodes.Digits(text);
        return TextRules.Check(digits, "code", Limits.Consents.CodeLength) is { } broken ? broken : digits;
    }

    /// <summary>What stands of a customer beside a request is for who may manage their consent.</summary>
    public static void CheckScope(Caller caller)
    {
        if (caller is CustomerCaller && !caller.Scopes.Contains(Scopes.ConsentManage))
        {
            throw RpcErrors.NotAllowed("A customer's own token needs the scope consent.manage here; without a token anybody may call it.");
        }
    }

    /// <summary>Wrong, answered, lapsed or dead: not told apart.</summary>
    public static Grpc.Core.RpcException NotFound() => RpcErrors.From(new Refusal(RefusalReason.NotFound));

    /// <summary>True if the customer must sign in again before they say yes.</summary>
    public static bool IsOldSignIn(CustomerCaller caller, DateTimeOffset now) => caller.SignedInAt is not { } at || now >= at + Limits.Joins.SignInAge;

    /// <summary>True if the caller can sign in somewhere: a token of this server's own tells only of a customer who may have added a login since.</summary>
    public static bool HasSignIn(Caller caller, ConsentState consent) => caller is CustomerCaller { Issuer: not OwnTokens.Issuer } || EnrolRules.HasSignIn(consent);

    private async Task<Join?> Find(string code, string proof)
    {
        if (!JoinCode.IsCode(code))
        {
            return null;
        }

        var key = codes.KeyOf(code);
        return await grains.GetGrain<IJoinGrain>(key).Open(proof.Length == 0 ? null : codes.OfProof(key, proof));
    }
}
