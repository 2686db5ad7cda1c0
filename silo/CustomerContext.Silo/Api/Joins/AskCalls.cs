using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Joins;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Consents;
using CustomerContext.Silo.Api.Interactions;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Ciba;
using CustomerContext.Silo.Messages;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Orleans;
using Join = CustomerContext.Domain.Joins.Join;

namespace CustomerContext.Silo.Api.Joins;

/// <summary>
/// Asks a person for a grant. For everybody the same is looked up and written, and the answer has the same size: whether there is a page, a device or an address to ask is looked at after
/// the answer, by the grain of the request.
/// </summary>
internal sealed class AskCalls(
    IGrainFactory grains,
    SubjectResolver subjects,
    InteractionFinder interactions,
    JoinCodes codes,
    JoinSeal seal,
    PublicPages pages,
    CibaDesk devices,
    CustomerIds ids,
    TenantActors actors,
    RefusalFloor floor,
    CurrentAccess access,
    TimeProvider time)
{
    private static readonly ImmutableArray<string> _languages = ["en", "de", "fr"];

    /// <summary>Asks.</summary>
    public async Task<RequestConsentResponse> Ask(TenantCaller caller, RequestConsentRequest request)
    {
        var arrived = time.GetTimestamp();
        var now = time.GetUtcNow();
        TextRules.Check(request.RequestId, "request_id", Limits.Consents.RequestIdLength).OrThrow();
        TextRules.Check(request.InteractionId, "interaction_id", Limits.Consents.InteractionLength).OrThrow();
        TextRules.Check(request.Language, "language", Limits.Signals.LanguageCharacters, required: false).OrThrow();
        var by = actors.Of(caller, request.InteractionId).OrThrow();
        var terms = EnrolRules.Asked(GrantTranslator.Read(request.Terms).OrThrow(), caller.Tenant, now).OrThrow();
        if (!terms.Purposes.All(purpose => access.Now.Allows(caller, purpose)))
        {
            throw RpcErrors.NotAllowed("A purpose is not enabled for the caller's tenant, or not for the program that got the token.");
        }

        NamedCustomer? named = request.Subject is null ? null : (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        for (var attempt = 0; attempt < Limits.Joins.CodeAttempts; attempt++)
        {
            var secrets = codes.Make(caller.Tenant, request.RequestId, attempt);
            var key = codes.KeyOf(secrets.Code);
            (await interactions.Find(caller.Tenant, request.InteractionId).AddJoin(by, key)).OrThrow();
            var joined = Addresses.Of(request.Subject) is null ? null : subjects.JoinedKeysOf(caller.Tenant, request.Subject);
            var join = new Join(
                by,
                codes.OfRequest(caller.Tenant, request.RequestId),
                codes.OfContent(request.ToByteArray()),
                terms,
                named?.Customer,
                subjects.KeysOf(caller.Tenant, request.Subject, "subject") is { IsOk: true, Value: var own } ? own.Current : null,
                joined?.Current,
                codes.OfDigits(key, secrets.Digits),
                joined is null ? null : codes.OfProof(key, secrets.Proof),
                now,
                now + Limits.Joins.Lifetime,
                LanguageOf(request.Language),
                seal.Seal(key, new SealedJoin(request.Subject, secrets.Code, secrets.Proof)))
            {
                AddressFormat = Addresses.FormatOf(request.Subject),
            };
            var asked = await grains.GetGrain<IJoinGrain>(key).Ask(join, StopOf(request.Subject, join));
            if (asked.Value is { } made)
            {
                await floor.Wait(arrived);
                return new RequestConsentResponse
                {
                    Outcome = RequestConsentOutcome.Sent,
                    ConsentRequestId = key,
                    JoinCode = secrets.Code,
                    JoinUrl = pages.PageOf(secrets.Code) ?? "",
                    SpokenDigits = secrets.Digits,
                    ExpiresTime = made.Until.ToTimestamp(),
                    DeviceMessage = devices.MessageFor(caller.Tenant, request.Subject, request.InteractionId) ?? "",
                };
            }

            if (asked.Refusal is { Reason: not RefusalReason.LimitReached } refusal)
            {
                throw RpcErrors.From(refusal);
            }
        }

        // So many codes in use at once do not happen by chance; another request id draws others.
        throw RpcErrors.Unavailable();
    }

    /// <summary>The stream of what becomes of a request, for the actor who asked and whoever continued the interaction.</summary>
    public async Task<Outcome<JoinStream>> Find(TenantCaller caller, string id)
    {
        if (TextRules.Check(id, "consent_request_id", Limits.Consents.GrantIdLength) is { } broken)
        {
            return broken;
        }

        // What is no key names no request: not every text can name a grain.
        if (!JoinCodes.IsKey(id))
        {
            return new Refusal(RefusalReason.NotFound);
        }

        return await grains.GetGrain<IJoinGrain>(id).Get() is { } join && join.IsOf(caller.Tenant, actors.Of(caller).Actor)
            ? new JoinStream(grains, ids, caller.Tenant, id, time)
            : new Refusal(RefusalReason.NotFound);
    }

    private StopProof? StopOf(SubjectIdentifier? subject, Join join) => Addresses.Of(subject) is { } address && join.Proof is { } proof
        ? new StopProof(codes.OfAddress(address.Kind.ToString(), address.Address), proof, join.Until + Limits.Joins.StopLifetime)
        : null;

    private static string LanguageOf(string tag) =>
        _languages.FirstOrDefault(language => tag.Equals(language, StringComparison.OrdinalIgnoreCase) || tag.StartsWith($"{language}-", StringComparison.OrdinalIgnoreCase)) ?? _languages[0];
}
