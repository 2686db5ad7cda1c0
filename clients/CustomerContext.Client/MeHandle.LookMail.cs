using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>Mail about looks.</summary>
public sealed partial class MeHandle
{
    /// <summary>How the customer hears by e-mail that a company looked.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<GetLookMailResponse> GetLookMailAsync(CancellationToken cancellation = default) =>
        _caller.CallAsync(_raw.Consents.GetLookMailAsync, new GetLookMailRequest(), _caller.Options.ReadDeadline, cancellation);

    /// <summary>Sets it. Mail goes to the address that the customer's sign-in has verified.</summary>
    /// <param name="kind">How often; unspecified: never, which always works.</param>
    /// <param name="language">The language of the mail: en, de or fr. Empty: English.</param>
    /// <param name="cancellation">Gives the call up; it may still be set.</param>
    /// <exception cref="PreconditionFailedException">The customer has not said that they are of age.</exception>
    /// <exception cref="CallerNotAllowedException">The sign-in names no verified address.</exception>
    /// <exception cref="CustomerContextException">As listed at the class; this service may send no mail.</exception>
    public async Task<LookMail> SetLookMailAsync(LookMailKind kind, string language = "", CancellationToken cancellation = default) =>
        (await _caller.CallAsync(_raw.Consents.SetLookMailAsync, new SetLookMailRequest { Kind = kind, Language = language }, _caller.Options.WriteDeadline, cancellation).ConfigureAwait(false)).LookMail;
}
