using CustomerContext.Client.Internal;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Client;

/// <summary>Sharing codes, and what tenants ask for.</summary>
public sealed partial class MeHandle
{
    /// <summary>Makes a code to read out to one tenant: single use, dead after five wrong tries.</summary>
    /// <param name="tenant">Who may redeem it, for example "acme".</param>
    /// <param name="terms">What the grant will allow.</param>
    /// <param name="lifetime">How long it can be redeemed, 1 to 10 minutes. Absent: 5 minutes.</param>
    /// <param name="cancellation">Gives the call up; the code may still have been made, and is known to nobody.</param>
    /// <exception cref="PreconditionFailedException">Not of age, or too many codes or live grants.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<CreateSharingCodeResponse> CreateSharingCodeAsync(
        string tenant, GrantTerms terms, TimeSpan? lifetime = null, CancellationToken cancellation = default)
    {
        var request = new CreateSharingCodeRequest
        {
            RequestId = _caller.NewRequestId(),
            Tenant = tenant,
            Terms = terms,
            LifetimeDuration = lifetime?.ToDuration(),
            ShownNotice = _notice,
        };
        return _caller.CallAsync(_raw.Consents.CreateSharingCodeAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>What waits for the customer's decision now.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<ListRequestsResponse> ListRequestsAsync(CancellationToken cancellation = default) =>
        _caller.CallAsync(_raw.Consents.ListRequestsAsync, new ListRequestsRequest(), _caller.Options.ReadDeadline, cancellation);

    /// <summary>Says yes to a request.</summary>
    /// <param name="consentRequestId">Which request.</param>
    /// <param name="less">What is allowed, no more than was asked for. Absent: exactly what was asked for.</param>
    /// <param name="cancellation">Gives the call up; the grant may still have been made.</param>
    /// <exception cref="NotFoundException">The request has lapsed, or was decided.</exception>
    /// <exception cref="PreconditionFailedException">Not of age, or too many live grants.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<DecideConsentResponse> ApproveAsync(string consentRequestId, GrantTerms? less = null, CancellationToken cancellation = default) =>
        DecideAsync(consentRequestId, ConsentDecision.Approve, less, cancellation);

    /// <summary>Says no to a request; who asked is not told.</summary>
    /// <exception cref="NotFoundException">The request has lapsed, or was decided.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<DecideConsentResponse> DeclineAsync(string consentRequestId, CancellationToken cancellation = default) =>
        DecideAsync(consentRequestId, ConsentDecision.Decline, null, cancellation);

    /// <summary>
    /// What waits for the customer's decision: everything first, then each change, until the server ends the stream or it breaks; then go on from the
    /// last resume token.
    /// </summary>
    /// <param name="resumeToken">Where to go on. Empty: from the start.</param>
    /// <param name="cancellation">Ends the watch, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public IAsyncEnumerable<WatchConsentRequestsResponse> WatchRequestsAsync(string resumeToken = "", CancellationToken cancellation = default) =>
        ServerStreams.ReadAsync(_caller, _raw.Consents.WatchConsentRequests, new WatchConsentRequestsRequest { ResumeToken = resumeToken }, cancellation);

    private Task<DecideConsentResponse> DecideAsync(
        string consentRequestId, ConsentDecision decision, GrantTerms? terms, CancellationToken cancellation)
    {
        var request = new DecideConsentRequest
        {
            RequestId = _caller.NewRequestId(),
            ConsentRequestId = consentRequestId,
            Decision = decision,
            Terms = terms,
            ShownNotice = decision == ConsentDecision.Approve ? _notice : null,
        };
        return _caller.CallAsync(_raw.Consents.DecideConsentAsync, request, _caller.Options.WriteDeadline, cancellation);
    }
}
