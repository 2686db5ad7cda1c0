using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Client;

/// <summary>Consent: preferences, grants, pausing.</summary>
public sealed partial class MeHandle
{
    /// <summary>The most that the server puts on a page.</summary>
    private const int MaxPageSize = 500;

    private static readonly string[] _allPreferences = [.. Preferences.Descriptor.Fields.InDeclarationOrder().Select(field => field.Name)];

    /// <summary>Replaces all preferences; the first time makes the customer exist. What is left out is off.</summary>
    /// <exception cref="PreconditionFailedException">The preferences need <see cref="Preferences.OfAge"/>.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<SetPreferencesResponse> SetPreferencesAsync(Preferences preferences, CancellationToken cancellation = default) =>
        ChangePreferencesAsync(preferences, _allPreferences, "", cancellation);

    /// <summary>Changes some preferences; the others stay as they are.</summary>
    /// <param name="preferences">What is wanted; of <paramref name="fields"/>, what is left out is off.</param>
    /// <param name="fields">Which, by their names in the contract, for example "collect" or "of_age"; at least one.</param>
    /// <param name="expectedVersion">The consent version on which it was decided. Empty: change anyway.</param>
    /// <param name="cancellation">Gives the call up; the change may still have been made.</param>
    /// <exception cref="ConflictException">Consent has changed since <paramref name="expectedVersion"/>: read, decide again.</exception>
    /// <exception cref="PreconditionFailedException">The preferences need <see cref="Preferences.OfAge"/>.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<SetPreferencesResponse> ChangePreferencesAsync(
        Preferences preferences, IEnumerable<string> fields, string expectedVersion = "", CancellationToken cancellation = default)
    {
        var request = new SetPreferencesRequest
        {
            RequestId = _caller.NewRequestId(),
            Preferences = preferences,
            UpdateMask = new FieldMask { Paths = { fields } },
            ExpectedConsentVersion = expectedVersion,
            ShownNotice = _notice,
        };
        return _caller.CallAsync(_raw.Consents.SetPreferencesAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Reads the preferences, and with whom the customer says that they are talking now.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<GetPreferencesResponse> GetPreferencesAsync(CancellationToken cancellation = default) =>
        _caller.CallAsync(_raw.Consents.GetPreferencesAsync, new GetPreferencesRequest(), _caller.Options.ReadDeadline, cancellation);

    /// <summary>Lists the sources that the customer lets send, and those that they could connect.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<ListSourcesResponse> ListSourcesAsync(CancellationToken cancellation = default) =>
        _caller.CallAsync(_raw.Consents.ListSourcesAsync, new ListSourcesRequest(), _caller.Options.ReadDeadline, cancellation);

    /// <summary>Reads one grant.</summary>
    /// <exception cref="NotFoundException">There is no such grant.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<GetGrantResponse> GetGrantAsync(string grantId, CancellationToken cancellation = default) =>
        _caller.CallAsync(_raw.Consents.GetGrantAsync, new GetGrantRequest { GrantId = grantId }, _caller.Options.ReadDeadline, cancellation);

    /// <summary>Gives a grant.</summary>
    /// <param name="tenant">To whom, for example "acme".</param>
    /// <param name="terms">What is allowed.</param>
    /// <param name="cancellation">Gives the call up; the grant may still have been made.</param>
    /// <exception cref="PreconditionFailedException">Not of age, or too many live grants.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<CreateGrantResponse> CreateGrantAsync(string tenant, GrantTerms terms, CancellationToken cancellation = default)
    {
        var request = new CreateGrantRequest { RequestId = _caller.NewRequestId(), Tenant = tenant, Terms = terms, ShownNotice = _notice };
        return _caller.CallAsync(_raw.Consents.CreateGrantAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Changes terms of a live grant; when it returns, nothing is disclosed under the old ones any more.</summary>
    /// <param name="grantId">Which grant.</param>
    /// <param name="terms">What is wanted. Of <paramref name="fields"/>, a flag that is left out is off, a list empty.</param>
    /// <param name="fields">
    /// Which terms, by their names in the contract, for example "until_time" or "facets"; the others stay as they are. Absent: those that <paramref name="terms"/> sets, and purposes and show_where as it has them.
    /// </param>
    /// <param name="expectedVersion">The consent version on which it was decided; not looked at if the new terms are narrower. Empty: change anyway.</param>
    /// <param name="cancellation">Gives the call up; the change may still have been made.</param>
    /// <exception cref="NotFoundException">There is no such live grant.</exception>
    /// <exception cref="InvalidRequestException">A field cannot be changed by its name, or must not be empty.</exception>
    /// <exception cref="ConflictException">Consent has changed since <paramref name="expectedVersion"/>: read, decide again.</exception>
    /// <exception cref="PreconditionFailedException">Not of age, and the terms are wider than before.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<UpdateGrantResponse> UpdateGrantAsync(
        string grantId, GrantTerms terms, IEnumerable<string>? fields = null, string expectedVersion = "", CancellationToken cancellation = default)
    {
        var request = new UpdateGrantRequest
        {
            RequestId = _caller.NewRequestId(),
            GrantId = grantId,
            Terms = terms,
            UpdateMask = fields is null ? null : new FieldMask { Paths = { fields } },
            ExpectedConsentVersion = expectedVersion,
            ShownNotice = _notice,
        };
        return _caller.CallAsync(_raw.Consents.UpdateGrantAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Connects an account in a network, and shows it in the grants that are named.</summary>
    /// <param name="network">Which network.</param>
    /// <param name="proof">Whose account it is, as the network's connector gave it to the customer's browser. Secret.</param>
    /// <param name="grantIds">Live grants that shall show it as well. Absent: none.</param>
    /// <param name="cancellation">Gives the call up; the change may still have been made.</param>
    /// <exception cref="CodeNotAcceptedException">The proof is none, another customer's or network's, or over.</exception>
    /// <exception cref="PreconditionFailedException">Not of age, or there is no room.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<ConnectNetworkResponse> ConnectNetworkAsync(string network, string proof, IEnumerable<string>? grantIds = null, CancellationToken cancellation = default)
    {
        var request = new ConnectNetworkRequest { RequestId = _caller.NewRequestId(), Network = network, Proof = proof, GrantIds = { grantIds ?? [] } };
        return _caller.CallAsync(_raw.Consents.ConnectNetworkAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Disconnects a network: what it sent is gone when it returns. One that is not connected is no error.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<DisconnectNetworkResponse> DisconnectNetworkAsync(string network, CancellationToken cancellation = default)
    {
        var request = new DisconnectNetworkRequest { RequestId = _caller.NewRequestId(), Network = network };
        return _caller.CallAsync(_raw.Consents.DisconnectNetworkAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Takes a grant back, for good; when it returns, nothing is disclosed under it any more. Again is no error.</summary>
    /// <exception cref="NotFoundException">There is no such grant.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<RevokeGrantResponse> RevokeGrantAsync(string grantId, CancellationToken cancellation = default)
    {
        var request = new RevokeGrantRequest { RequestId = _caller.NewRequestId(), GrantId = grantId };
        return _caller.CallAsync(_raw.Consents.RevokeGrantAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Stops everything at once; when it returns, nothing is disclosed, kept or contributed any more. Grants stay as they are.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<PauseAllResponse> PauseAllAsync(CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Consents.PauseAllAsync, new PauseAllRequest { RequestId = _caller.NewRequestId() }, _caller.Options.WriteDeadline, cancellation);

    /// <summary>Lifts the stop of <see cref="PauseAllAsync"/>.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<ResumeAllResponse> ResumeAllAsync(CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Consents.ResumeAllAsync, new ResumeAllRequest { RequestId = _caller.NewRequestId() }, _caller.Options.WriteDeadline, cancellation);

    /// <summary>Says "yes, I'm talking to them now": for 4 hours what was granted to <paramref name="tenant"/> "while we talk" is open.</summary>
    /// <exception cref="PreconditionFailedException">The customer is not of age, or is talking to 8 tenants already.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<OpenConversationResponse> OpenConversationAsync(string tenant, CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Consents.OpenConversationAsync, new OpenConversationRequest { RequestId = _caller.NewRequestId(), Tenant = tenant }, _caller.Options.WriteDeadline, cancellation);

    /// <summary>Takes <see cref="OpenConversationAsync"/> back; when it returns, nothing is open because of it.</summary>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<CloseConversationResponse> CloseConversationAsync(string tenant, CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Consents.CloseConversationAsync, new CloseConversationRequest { RequestId = _caller.NewRequestId(), Tenant = tenant }, _caller.Options.WriteDeadline, cancellation);

    /// <summary>Everything that the customer has said yes to: all grants on one page, newest first, and the preferences.</summary>
    /// <param name="includeEnded">Also the grants that are no longer live.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async Task<ListGrantsResponse> GetConsentAsync(bool includeEnded = false, CancellationToken cancellation = default)
    {
        var request = new ListGrantsRequest { PageSize = MaxPageSize, IncludeEnded = includeEnded };
        var all = await PageAsync().ConfigureAwait(false);
        while (all.NextPageToken.Length > 0)
        {
            request.PageToken = all.NextPageToken;
            var page = await PageAsync().ConfigureAwait(false);
            all.Grants.Add(page.Grants);
            all.NextPageToken = page.NextPageToken;
        }

        return all;

        Task<ListGrantsResponse> PageAsync() =>
            _caller.CallAsync(_raw.Consents.ListGrantsAsync, request, _caller.Options.WriteDeadline, cancellation);
    }
}
