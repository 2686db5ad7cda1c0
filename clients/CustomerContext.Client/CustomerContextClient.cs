using System.Runtime.CompilerServices;
using CustomerContext.Client.Internal;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Client;

/// <summary>
/// The way in: one per process and identity, safe for use from many threads, connected at the first call. Things to act on are handles
/// that cost nothing to make. Every call has a deadline, repeats what is safe (see <see cref="RetryOptions"/>) and fails with a
/// <see cref="CustomerContextException"/>; a cancelled one with <see cref="OperationCanceledException"/>.
/// </summary>
public sealed class CustomerContextClient : IDisposable
{
    private readonly Connection? _own;
    private readonly Caller _caller;

    /// <summary>A client; does no I/O.</summary>
    /// <param name="options">How to reach the server. Absent: all defaults.</param>
    /// <exception cref="ArgumentException">An option is out of bounds; every mistake is listed.</exception>
    public CustomerContextClient(CustomerContextClientOptions? options = null)
        : this(Connection.Open(options ??= new CustomerContextClientOptions()), options)
    {
    }

    private CustomerContextClient(Connection connection, CustomerContextClientOptions options)
        : this(new RawServices(connection.Invoker), options) => _own = connection;

    private CustomerContextClient(RawServices raw, CustomerContextClientOptions options)
    {
        options.Validate();
        Options = options;
        Raw = raw;
        _caller = new Caller(options);
        Me = new MeHandle(_caller, Raw);
        Signals = new SignalPublisher(_caller, Raw);
        Identity = new IdentityHandle(_caller, Raw);
    }

    /// <summary>What it was made with.</summary>
    public CustomerContextClientOptions Options { get; }

    /// <summary>The customer whose own token this client sends: their context, consent and record of looks.</summary>
    public MeHandle Me { get; }

    /// <summary>Sends signals in.</summary>
    public SignalPublisher Signals { get; }

    /// <summary>Attaches and detaches identifiers, and resolves them.</summary>
    public IdentityHandle Identity { get; }

    /// <summary>The generated stubs.</summary>
    public RawServices Raw { get; }

    /// <summary>
    /// A client over the same connection with other options, for example with the token of somebody else; costs little.
    /// It needs no disposing and works until this one is disposed of.
    /// </summary>
    /// <param name="options">All options; addresses and HTTP handler stay as they are, whatever it says.</param>
    /// <exception cref="ArgumentException">An option is out of bounds; every mistake is listed.</exception>
    public CustomerContextClient With(CustomerContextClientOptions options) => new(Raw, options with { Address = Options.Address, Addresses = Options.Addresses });

    /// <summary>A handle for one customer, as a tenant sees them.</summary>
    public CustomerHandle Customer(SubjectIdentifier subject) => new(_caller, Raw, subject);

    /// <summary>A handle for one tribe.</summary>
    public TribeHandle Tribe(string tribeId) => new(_caller, Raw, tribeId);

    /// <summary>
    /// What a person does with the code or link of a request for consent. With a client that sends no token they answer as whoever they are; with a customer's own, as that customer.
    /// </summary>
    /// <param name="code">The code of 9 digits; spaces do not matter. Secret.</param>
    /// <param name="linkProof">What the link of a message holds beside the code. Empty: the code was typed or handed over. Secret.</param>
    /// <param name="session">By what wrong codes are counted: the same for all that one browser or device tries, 16 to 64 characters of A-Z, a-z, 0-9, '-' and '_', hard to guess. Empty: one is drawn for this handle.</param>
    public JoinHandle Join(string code, string linkProof = "", string session = "") => new(_caller, Raw, code, linkProof, session);

    /// <summary>Asks for a grant without naming anybody: the code, its page or a QR code is handed over in the call. Otherwise as <see cref="CustomerHandle.RequestConsentAsync"/>.</summary>
    /// <param name="terms">What to ask for: one purpose at least.</param>
    /// <param name="interactionId">The call, case or chat in which you ask, 1 to 64 characters.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As <see cref="CustomerHandle.RequestConsentAsync"/>.</exception>
    public Task<RequestConsentResponse> RequestConsentAsync(GrantTerms terms, string interactionId, CancellationToken cancellation = default) =>
        ConsentRequests.AskAsync(_caller, Raw, null, terms, interactionId, "", cancellation);

    /// <summary>How one's own request stands: first as it is, then each change. Ends after granted or over; if the stream ends before, watch anew.</summary>
    /// <param name="consentRequestId">Which request.</param>
    /// <param name="cancellation">Ends the watch, with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="NotFoundException">There is no such request of this actor.</exception>
    /// <exception cref="CustomerContextException">
    /// Of type <see cref="CallerNotAllowedException"/>, <see cref="NotAuthenticatedException"/>, <see cref="RateLimitedException"/> or <see cref="ServerUnavailableException"/>.
    /// </exception>
    public IAsyncEnumerable<ConsentRequestStatus> WatchRequestAsync(string consentRequestId, CancellationToken cancellation = default) =>
        ConsentRequests.WatchAsync(_caller, Raw, consentRequestId, cancellation);

    /// <summary>The work of the caller's company. Needs the scope attention.work.</summary>
    public WorkHandle Work => new(_caller, Raw);

    /// <summary>What the caller's company is told by webhook. Needs the scope webhook.replay.</summary>
    public WebhookHandle Webhooks => new(_caller, Raw);

    /// <summary>All tribes that the caller may see, by id.</summary>
    /// <param name="purpose">What for, for example "service.support". A customer's own client may leave it empty.</param>
    /// <param name="topic">Only tribes about this topic. Empty: all.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">
    /// Of type <see cref="CallerNotAllowedException"/>, <see cref="InvalidRequestException"/>, <see cref="NotAuthenticatedException"/>,
    /// <see cref="RateLimitedException"/> or <see cref="ServerUnavailableException"/>.
    /// </exception>
    public async IAsyncEnumerable<Tribe> ListTribesAsync(
        string purpose, string topic = "", [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = new ListTribesRequest { Purpose = purpose, Topic = topic };
        do
        {
            var page = await _caller.CallAsync(Raw.Tribes.ListTribesAsync, request, _caller.Options.ReadDeadline, cancellation).ConfigureAwait(false);
            foreach (var tribe in page.Tribes)
            {
                yield return tribe;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Reads up to 50 customers' contexts in one call, each a look of its own.</summary>
    /// <param name="subjects">Whose, 1 to 50.</param>
    /// <param name="purpose">What for, for example "service.support".</param>
    /// <param name="options">What to look at. Absent: all facets, no interaction.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <returns>An answer or a refusal for each subject, in their order.</returns>
    /// <exception cref="CustomerContextException">
    /// Of type <see cref="CallerNotAllowedException"/>, <see cref="InvalidRequestException"/>, <see cref="NotAuthenticatedException"/>,
    /// <see cref="RateLimitedException"/> or <see cref="ServerUnavailableException"/>.
    /// </exception>
    public async Task<IReadOnlyList<ContextResult>> GetContextsAsync(
        IEnumerable<SubjectIdentifier> subjects, string purpose, LookupOptions? options = null, CancellationToken cancellation = default)
    {
        options ??= new LookupOptions();
        var request = new BatchGetContextsRequest
        {
            Subjects = { subjects },
            Purpose = purpose,
            Facets = { options.Facets },
            InteractionId = options.InteractionId,
            Language = options.Language,
        };
        var deadline = options.Deadline ?? _caller.Options.WriteDeadline;
        var response = await _caller.CallAsync(Raw.Contexts.BatchGetContextsAsync, request, deadline, cancellation).ConfigureAwait(false);
        return response.Results;
    }

    /// <summary>Reads what is configured, in words. Needs no token; with a tenant's, its own "x-" traits are in it.</summary>
    /// <param name="language">Language of the words, a BCP 47 tag of at most 35 characters. Not one of en, de and fr, or empty: English.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">
    /// Of type <see cref="InvalidRequestException"/>, <see cref="NotAuthenticatedException"/>, <see cref="RateLimitedException"/> or <see cref="ServerUnavailableException"/>.
    /// </exception>
    public Task<GetCatalogResponse> GetCatalogAsync(string language = "", CancellationToken cancellation = default) =>
        _caller.CallAsync(Raw.Catalog.GetCatalogAsync, new GetCatalogRequest { Language = language }, _caller.Options.ReadDeadline, cancellation);

    /// <summary>Reads a company's logo. Needs no token.</summary>
    /// <param name="tenant">Which, by its name in the API.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">
    /// Of type <see cref="NotFoundException"/> (no such company, or it has none), <see cref="InvalidRequestException"/>, <see cref="NotAuthenticatedException"/>,
    /// <see cref="RateLimitedException"/> or <see cref="ServerUnavailableException"/>.
    /// </exception>
    public Task<GetLogoResponse> GetLogoAsync(string tenant, CancellationToken cancellation = default) =>
        _caller.CallAsync(Raw.Catalog.GetLogoAsync, new GetLogoRequest { Tenant = tenant }, _caller.Options.ReadDeadline, cancellation);

    /// <summary>Goes on with an interaction under another id, for whoever began it, asked or looked last in it: what was allowed in it is allowed under the new id, until the same end.</summary>
    /// <param name="interactionId">The interaction so far.</param>
    /// <param name="newInteractionId">The id under which it goes on, 1 to 64 characters.</param>
    /// <param name="cancellation">Gives the call up; it may still go on.</param>
    /// <exception cref="NotFoundException">There is no such open interaction, or somebody else looked last.</exception>
    /// <exception cref="PreconditionFailedException">The new id has ended before, or the interaction has 8 ids already.</exception>
    /// <exception cref="CustomerContextException">As <see cref="GetContextsAsync"/>.</exception>
    public Task<ContinueInteractionResponse> ContinueInteractionAsync(string interactionId, string newInteractionId, CancellationToken cancellation = default)
    {
        var request = new ContinueInteractionRequest { RequestId = _caller.NewRequestId(), InteractionId = interactionId, NewInteractionId = newInteractionId };
        return _caller.CallAsync(Raw.Contexts.ContinueInteractionAsync, request, Options.WriteDeadline, cancellation);
    }

    /// <summary>Ends an interaction, for good: grants for this call only end with it, and its id never opens anything again. When it returns, its watches have ended.</summary>
    /// <param name="interactionId">The interaction.</param>
    /// <param name="cancellation">Gives the call up; repeat it, for the interaction may still be open.</param>
    public Task<EndInteractionResponse> EndInteractionAsync(string interactionId, CancellationToken cancellation = default)
    {
        var request = new EndInteractionRequest { RequestId = _caller.NewRequestId(), InteractionId = interactionId };
        return _caller.CallAsync(Raw.Contexts.EndInteractionAsync, request, Options.WriteDeadline, cancellation);
    }

    /// <summary>Call options with the token and a deadline, for <see cref="Raw"/>.</summary>
    /// <param name="deadline">Time for the call. Absent: as long as it takes.</param>
    /// <param name="cancellation">Gives the call up.</param>
    public ValueTask<CallOptions> CreateCallOptionsAsync(TimeSpan? deadline, CancellationToken cancellation = default) =>
        _caller.CallOptionsAsync(deadline is { } time ? _caller.Options.Time.GetUtcNow() + time : null, cancellation);

    /// <summary>Closes the connection, if it is this client's own; calls that still run fail.</summary>
    public void Dispose() => _own?.Dispose();
}
