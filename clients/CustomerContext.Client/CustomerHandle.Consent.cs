using CustomerContext.Client.Internal;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>Ways to a grant, as a tenant.</summary>
public sealed partial class CustomerHandle
{
    /// <summary>
    /// Asks the customer for a grant, in an interaction: on their open page, and by a message with a link if they are named by an address. The answer is the same whether or not there is somebody
    /// to ask; what comes of it, <see cref="CustomerContextClient.WatchRequestAsync"/> says.
    /// </summary>
    /// <param name="terms">What to ask for: one purpose at least.</param>
    /// <param name="interactionId">The call, case or chat in which you ask, 1 to 64 characters.</param>
    /// <param name="language">Language of the message, a BCP 47 tag. Not one of en, de and fr, or empty: en.</param>
    /// <param name="cancellation">Gives the call up; the customer may still be asked.</param>
    /// <returns>The code to read out, its page, and the two digits to say. Secret.</returns>
    /// <exception cref="CallerNotAllowedException">The token's scope or tenant, or a purpose that is not enabled for it.</exception>
    /// <exception cref="PreconditionFailedException">The interaction is over, or it has 4 requests.</exception>
    /// <exception cref="CustomerContextException">As <see cref="GetContextAsync"/>, but a person who is unknown is no error.</exception>
    public Task<RequestConsentResponse> RequestConsentAsync(GrantTerms terms, string interactionId, string language = "", CancellationToken cancellation = default) =>
        ConsentRequests.AskAsync(_caller, _raw, Subject, terms, interactionId, language, cancellation);

    /// <summary>Begins an interaction in which the customer takes part, for a company's program: what they granted "while we talk" is open in it. Nobody is told whether there is such a customer.</summary>
    /// <param name="interactionId">Its id in the company's systems, 1 to 64 characters; one that nobody can guess.</param>
    /// <param name="cancellation">Gives the call up; the interaction may still have begun.</param>
    /// <exception cref="CallerNotAllowedException">The token is a person's, or its scope or tenant does not allow it.</exception>
    /// <exception cref="PreconditionFailedException">The id has ended before, for good; or there are 4 people in the interaction already.</exception>
    /// <exception cref="CustomerContextException">As <see cref="GetContextAsync"/>, but a person who is unknown is no error.</exception>
    public Task<BeginInteractionResponse> BeginInteractionAsync(string interactionId, CancellationToken cancellation = default)
    {
        var request = new BeginInteractionRequest { RequestId = _caller.NewRequestId(), Subject = Subject, InteractionId = interactionId };
        return _caller.CallAsync(_raw.Contexts.BeginInteractionAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Turns a code that the customer read out into a grant, and opens the interaction in which it was. Five wrong tries kill the code.</summary>
    /// <param name="code">The code; spaces and dashes between the digits do not matter.</param>
    /// <param name="interactionId">The call, case or chat in which it was read out, 1 to 64 characters.</param>
    /// <param name="cancellation">Gives the call up; the grant may still have been made.</param>
    /// <exception cref="CodeNotAcceptedException">The code is wrong, used or over, or it is another person's: not told apart.</exception>
    /// <exception cref="CustomerContextException">As <see cref="GetContextAsync"/>.</exception>
    public Task<RedeemSharingCodeResponse> RedeemCodeAsync(string code, string interactionId, CancellationToken cancellation = default)
    {
        var request = new RedeemSharingCodeRequest { RequestId = _caller.NewRequestId(), Subject = Subject, Code = code, InteractionId = interactionId };
        return _caller.CallAsync(_raw.Consents.RedeemSharingCodeAsync, request, _caller.Options.WriteDeadline, cancellation);
    }
}
