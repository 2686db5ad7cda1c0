using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.Silo.Codes;
using CustomerContext.V1;
using Orleans;
using IdentifierFormat = CustomerContext.Domain.Identities.IdentifierFormat;

namespace CustomerContext.Silo.Api.Identities;

/// <summary>A customer attaches and detaches what is their own: what their token proves, or what a code proves that was sent there.</summary>
internal sealed class OwnIdentifiers(
    IGrainFactory grains, CustomerSelf self, SubjectResolver subjects, IdentityFinder identities, SecretCodes codes, CodePauses pauses, ICodeSender sender, CustomerIds ids)
{
    /// <summary>No tenant: the id that a customer has for themselves is made as for a tenant of this name, which no tenant can have.</summary>
    private static readonly TenantId _nobodys = new("");

    /// <summary>Attaches, or sends the code to attach with.</summary>
    public async Task<LinkIdentifierResponse> Link(CustomerCaller caller, LinkIdentifierRequest request, CancellationToken cancellation)
    {
        CheckUnset(request.Subject);
        var code = SecretCodes.Digits(request.VerificationCode);
        TextRules.Check(code, "verification_code", Limits.Consents.CodeLength, required: false).OrThrow();
        var (format, address) = AddressOf(request.Identifier);
        var keys = Keys(request.Identifier);
        var me = await self.FindKey(caller) ?? throw RpcErrors.From(new Refusal(RefusalReason.NotOfAge));
        if (self.OwnOf(caller).FirstOrDefault(own => own.Key == keys.Current) is { } proved)
        {
            await Customer(me).AttachOwn(proved);
            return new LinkIdentifierResponse { Outcome = LinkOutcome.Linked };
        }

        return code.Length == 0
            ? await SendCode(me, request.RequestId, keys, new CodeMessage(format, address, codes.Make(me, request.RequestId)), cancellation)
            : await Link(me, request.RequestId, format, keys, codes.Hash(me, code));
    }

    /// <summary>Detaches, or undoes a merge.</summary>
    public async Task<UnlinkIdentifierResponse> Unlink(CustomerCaller caller, UnlinkIdentifierRequest request)
    {
        AddressOf(request.Identifier);
        var keys = Keys(request.Identifier);
        if (await self.FindKey(caller) is { } me)
        {
            await identities.Find(keys);
            var isOwnLogin = self.OwnOf(caller)[0].Key == keys.Current;
            if (isOwnLogin && (await Customer(me).GetConsent()).Merge?.Key != keys.Current)
            {
                throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "identifier", "is what the caller signed in with"));
            }

            (await Customer(me).UnlinkIdentifier(new UnlinkIdentifier(request.RequestId, keys.Current))).OrThrow();
        }

        return new UnlinkIdentifierResponse();
    }

    /// <summary>What is attached to the customer who calls.</summary>
    public async Task<ResolveCustomerResponse> Resolve(CustomerCaller caller, ResolveCustomerRequest request)
    {
        CheckUnset(request.Subject);
        if (await self.FindKey(caller) is not { } me)
        {
            return new ResolveCustomerResponse();
        }

        var consent = await Customer(me).GetConsent();
        var response = new ResolveCustomerResponse
        {
            CustomerId = ids.For(_nobodys, me),
            Identifiers = { consent.Identifiers.Select(IdentifierTranslator.ToProto) },
        };
        if (consent.Merge is { } merge && consent.Identifiers.All(known => known.Key != merge.Key))
        {
            response.Identifiers.Add(IdentifierTranslator.ToProto(merge));
        }

        return response;
    }

    private async Task<LinkIdentifierResponse> SendCode(
        CustomerKey me, string requestId, IdentityKeys keys, CodeMessage message, CancellationToken cancellation)
    {
        var command = new LinkIdentifier(requestId, keys.Current, message.Format, null);
        var code = (await Customer(me).SendCode(command, codes.Hash(me, message.Code))).OrThrow();
        if (code.IsDue && pauses.TryTake(keys.Current))
        {
            (await sender.Send(message, cancellation)).OrThrow();
        }

        return new LinkIdentifierResponse { Outcome = code.IsAttached ? LinkOutcome.Linked : LinkOutcome.CodeSent };
    }

    private async Task<LinkIdentifierResponse> Link(CustomerKey me, string requestId, IdentifierFormat format, IdentityKeys keys, Digest code)
    {
        // Moves an identity that is still under an older key, whosever it is.
        var owner = await identities.Owner(keys);
        (await Customer(me).LinkIdentifier(new LinkIdentifier(requestId, keys.Current, format, code), owner)).OrThrow();
        return new LinkIdentifierResponse { Outcome = LinkOutcome.Linked };
    }

    private static (IdentifierFormat Format, string Address) AddressOf(SubjectIdentifier? identifier) => identifier?.IdentifierCase switch
    {
        SubjectIdentifier.IdentifierOneofCase.Email => (IdentifierFormat.Email, identifier.Email),
        SubjectIdentifier.IdentifierOneofCase.PhoneNumber => (IdentifierFormat.Phone, identifier.PhoneNumber),
        SubjectIdentifier.IdentifierOneofCase.IssSub => (IdentifierFormat.IssuerSubject, $"{identifier.IssSub.Iss} {identifier.IssSub.Sub}"),
        _ => throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "identifier", "must be an e-mail address, a phone number, or issuer and subject")),
    };

    private IdentityKeys Keys(SubjectIdentifier identifier) => subjects.KeysOf(_nobodys, identifier, "identifier").OrThrow();

    private static void CheckUnset(SubjectIdentifier? subject)
    {
        if (subject is not null)
        {
            throw RpcErrors.From(new Refusal(RefusalReason.InvalidArgument, "subject", "must be unset with a customer's own token"));
        }
    }

    private ICustomerGrain Customer(CustomerKey key) => grains.GetGrain<ICustomerGrain>(key.Value);
}
