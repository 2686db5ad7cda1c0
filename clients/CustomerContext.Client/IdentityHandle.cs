using CustomerContext.Client.Internal;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>Which identifiers are a customer's. Safe for use from many threads.</summary>
public sealed class IdentityHandle
{
    private readonly Caller _caller;
    private readonly RawServices _raw;

    internal IdentityHandle(Caller caller, RawServices raw)
    {
        _caller = caller;
        _raw = raw;
    }

    /// <summary>Attaches an identifier to a customer.</summary>
    /// <param name="subject">The customer, by an identifier that is attached already. Absent with a customer's own token: oneself.</param>
    /// <param name="identifier">What to attach: an opaque id from a tenant; issuer and subject, e-mail or phone from the customer.</param>
    /// <param name="verificationCode">The code that was sent to the address or phone. Absent: send one.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="PreconditionFailedException">The customer has as many identifiers as they may have.</exception>
    /// <exception cref="CustomerContextException">As <see cref="ResolveAsync"/>, but a person who is unknown is no error.</exception>
    public async Task<LinkOutcome> LinkAsync(
        SubjectIdentifier? subject, SubjectIdentifier identifier, string? verificationCode = null, CancellationToken cancellation = default)
    {
        var request = new LinkIdentifierRequest
        {
            RequestId = _caller.NewRequestId(),
            Subject = subject,
            Identifier = identifier,
            VerificationCode = verificationCode ?? "",
        };
        var deadline = _caller.Options.WriteDeadline;
        var response = await _caller.CallAsync(_raw.Identities.LinkIdentifierAsync, request, deadline, cancellation).ConfigureAwait(false);
        return response.Outcome;
    }

    /// <summary>Detaches an identifier; one that is not attached is no error.</summary>
    /// <exception cref="CustomerContextException">As <see cref="ResolveAsync"/>, but a person who is unknown is no error.</exception>
    public Task UnlinkAsync(SubjectIdentifier identifier, CancellationToken cancellation = default)
    {
        var request = new UnlinkIdentifierRequest { RequestId = _caller.NewRequestId(), Identifier = identifier };
        return _caller.CallAsync(_raw.Identities.UnlinkIdentifierAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Tells which customer an identifier belongs to, and what is attached to them.</summary>
    /// <param name="subject">The identifier. Absent with a customer's own token: oneself.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="ConsentRequiredException">The customer has no live grant for this tenant, or there is no such customer.</exception>
    /// <exception cref="CallerNotAllowedException">The token's scope or tenant does not allow it.</exception>
    /// <exception cref="InvalidRequestException">A field is out of bounds.</exception>
    /// <exception cref="NotAuthenticatedException">The token is missing, invalid or expired.</exception>
    /// <exception cref="RateLimitedException">Too many calls.</exception>
    /// <exception cref="ServerUnavailableException">No answer within the deadline, in spite of repeats.</exception>
    public Task<ResolveCustomerResponse> ResolveAsync(SubjectIdentifier? subject, CancellationToken cancellation = default)
    {
        var request = new ResolveCustomerRequest { Subject = subject };
        return _caller.CallAsync(_raw.Identities.ResolveCustomerAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Begins to connect an account in a network: where the customer's browser goes, to show there that it is theirs. With a customer's own token.</summary>
    /// <exception cref="NotFoundException">There is no such network, or it has no connector.</exception>
    /// <exception cref="PreconditionFailedException">The caller has not said that they are of age.</exception>
    /// <exception cref="CustomerContextException">As <see cref="ResolveAsync"/>.</exception>
    public Task<BeginConnectionResponse> BeginConnectionAsync(string network, CancellationToken cancellation = default) =>
        _caller.CallAsync(_raw.Identities.BeginConnectionAsync, new BeginConnectionRequest { Network = network }, _caller.Options.WriteDeadline, cancellation);

    /// <summary>Says, as a network's connector, that whoever brought the ticket has shown that the account is theirs.</summary>
    /// <returns>The proof, for the person's browser alone.</returns>
    /// <exception cref="CodeNotAcceptedException">The ticket is none, another network's, or over.</exception>
    /// <exception cref="CustomerContextException">As <see cref="ResolveAsync"/>.</exception>
    public async Task<string> ProveAccountAsync(string ticket, string accountId, CancellationToken cancellation = default)
    {
        var request = new ProveAccountRequest { Ticket = ticket, AccountId = accountId };
        return (await _caller.CallAsync(_raw.Identities.ProveAccountAsync, request, _caller.Options.WriteDeadline, cancellation).ConfigureAwait(false)).Proof;
    }

    /// <summary>Asks, as a network's connector, which of these accounts are connected.</summary>
    /// <param name="accountIds">Accounts of the network, 1 to 100.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As <see cref="ResolveAsync"/>.</exception>
    public async Task<IReadOnlyList<ConnectedAccount>> CheckAccountsAsync(IEnumerable<string> accountIds, CancellationToken cancellation = default)
    {
        var request = new CheckAccountsRequest { AccountIds = { accountIds } };
        return (await _caller.CallAsync(_raw.Identities.CheckAccountsAsync, request, _caller.Options.WriteDeadline, cancellation).ConfigureAwait(false)).Accounts;
    }
}
