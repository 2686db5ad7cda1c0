using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;

namespace CustomerContext.Silo.Codes;

/// <summary>Sends codes to addresses that customers want to attach: e-mail, SMS, or whatever reaches the account of an issuer.</summary>
internal interface ICodeSender
{
    /// <summary>Hands the code over for sending.</summary>
    /// <returns>Why it cannot be sent; absent if it is on its way.</returns>
    Task<Refusal?> Send(CodeMessage message, CancellationToken cancellation);
}

/// <summary>A code on its way. Both address and code are secret: neither may reach a log.</summary>
/// <param name="Format">What kind of address.</param>
/// <param name="Address">Where to: an e-mail address, a phone number, or issuer and subject with a space between.</param>
/// <param name="Code">The digits.</param>
internal sealed record CodeMessage(IdentifierFormat Format, string Address, string Code);
