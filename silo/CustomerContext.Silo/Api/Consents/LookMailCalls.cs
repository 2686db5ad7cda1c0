using CustomerContext.Domain.Common;
using CustomerContext.Domain.Wording;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Messages;
using CustomerContext.V1;
using Orleans;
using LookMail = CustomerContext.Domain.Consents.LookMail;
using LookMailKind = CustomerContext.Domain.Consents.LookMailKind;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>Mail about looks, as the contract has it.</summary>
internal sealed class LookMailCalls(AddressSeal seal, LookMailSender sender, TimeProvider time)
{
    private const int LongestTag = 35;

    /// <summary>What a customer wants.</summary>
    public async Task<GetLookMailResponse> Get(ICustomerGrain? customer) => new()
    {
        LookMail = customer is null ? new V1.LookMail() : ToProto(KeyOf(customer), await customer.GetLookMail()),
        IsAvailable = sender.CanSend,
    };

    /// <summary>Sets what a customer wants.</summary>
    public async Task<SetLookMailResponse> Set(CustomerCaller caller, ICustomerGrain customer, SetLookMailRequest request)
    {
        var mail = Read(caller, KeyOf(customer), request).OrThrow();
        if (await customer.SetLookMail(mail) is { } refusal)
        {
            throw RpcErrors.From(refusal);
        }

        return new SetLookMailResponse { LookMail = ToProto(KeyOf(customer), await customer.GetLookMail()) };
    }

    private Outcome<LookMail?> Read(CustomerCaller caller, CustomerKey customer, SetLookMailRequest request)
    {
        if (request.Language.Length > 0 && TextRules.Check(request.Language, "language", LongestTag) is { } broken)
        {
            return broken;
        }

        var kind = (LookMailKind)request.Kind;
        return request.Kind == V1.LookMailKind.Unspecified ? Outcome<LookMail?>.Ok(null)
            : !System.Enum.IsDefined(kind) ? new Refusal(RefusalReason.InvalidArgument, "kind", "must be DAILY or not set")
            : !sender.CanSend ? new Refusal(RefusalReason.NotImplemented)
            : caller is not { VerifiedEmail: { } address } || caller.Issuer == OwnTokens.Issuer ? new Refusal(RefusalReason.CallerNotAllowed, "", "The sign-in names no verified e-mail address.")
            : MailCalls.AddressOf(address) is null ? new Refusal(RefusalReason.CallerNotAllowed, "", "The verified e-mail address of the sign-in is none that mail can be sent to.")
            : new LookMail(kind, seal.Seal(customer, address), Languages.TagOf(Languages.Of(request.Language)), time.GetUtcNow());
    }

    private V1.LookMail ToProto(CustomerKey customer, LookMail? mail) => mail is null
        ? new V1.LookMail()
        : new V1.LookMail { Kind = (V1.LookMailKind)mail.Kind, Address = seal.Open(customer, mail.Address.AsSpan()), Language = mail.Language };

    private static CustomerKey KeyOf(ICustomerGrain customer) => new(customer.GetPrimaryKeyString());
}
