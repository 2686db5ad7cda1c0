using System.Collections.Concurrent;
using System.Collections.Immutable;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Durability;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Joins;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Orleans;
using DecideConsent = CustomerContext.Domain.Consents.DecideConsent;
using GrantTerms = CustomerContext.Domain.Consents.GrantTerms;

namespace CustomerContext.Silo.Ciba;

/// <summary>
/// Asks customers on their devices for what tenants ask for, and carries out what they say. What waits on the consent page waits there too, whatever happens here: a
/// restart, or an issuer that does not answer, loses the question on the device and nothing else.
/// </summary>
internal sealed partial class CibaDesk(
    ImmutableArray<CibaIssuer> issuers,
    Func<string, IKeySource> keysOf,
    IGrainFactory grains,
    IdentityFinder identities,
    IdentifierHash hash,
    JoinDecisions decisions,
    IHostApplicationLifetime lifetime,
    FailureReport failures,
    TimeProvider time,
    ILogger<CibaDesk> log) : IDisposable
{
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false })
    {
        Timeout = Limits.Ciba.Timeout,
        MaxResponseContentBufferSize = Limits.Ciba.ResponseBytes,
    };

    private readonly ConcurrentDictionary<string, IKeySource> _keys = new();
    private readonly DevicePauses _pauses = new(time);

    private int _asking;

    /// <summary>Asks, if an issuer may know the customer by what the tenant named, and a yes on a device may give anything; returns at once.</summary>
    public void Begin(CustomerKey customer, WaitingRequest request, SubjectIdentifier subject)
    {
        if (Candidates(subject).ToArray() is not { Length: > 0 } candidates || !_pauses.TryBegin(customer, request.Tenant))
        {
            return;
        }

        if (Interlocked.Increment(ref _asking) > Limits.Ciba.Asking)
        {
            Interlocked.Decrement(ref _asking);
            _pauses.Ended(customer, request.Tenant, CibaOutcome.Trouble);
            TooMany(log);
            return;
        }

        _ = Ask(customer, request, candidates);
    }

    public void Dispose() => _http.Dispose();

    /// <summary>What a device shows that is asked by <paramref name="tenant"/>; absent if no issuer may know a customer by <paramref name="subject"/>. Whether one does is not looked at.</summary>
    public string? MessageFor(TenantId tenant, SubjectIdentifier? subject, string interaction) =>
        subject is not null && issuers.Any(issuer => HintFor(issuer, subject) is not null) ? BindingMessage(tenant, interaction) : null;

    /// <summary>What both the device and the agent show: the company and the call, in the characters and length that every issuer takes.</summary>
    internal static string BindingMessage(TenantId tenant, string call)
    {
        var text = $"{tenant.Value}/{call}";
        var plain = text.Select(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_' or '/' ? c : '-');
        return new string([.. plain.Take(Limits.Ciba.BindingMessage)]);
    }

    private IEnumerable<(CibaProvider Provider, string Hint)> Candidates(SubjectIdentifier subject) =>
        from issuer in issuers
        let hint = HintFor(issuer, subject)
        where hint is not null
        select (new CibaProvider(issuer, _http, _keys.GetOrAdd(issuer.Issuer, keysOf), time), hint);

    private static string? HintFor(CibaIssuer issuer, SubjectIdentifier subject) => subject.IdentifierCase switch
    {
        SubjectIdentifier.IdentifierOneofCase.IssSub => subject.IssSub.Iss == issuer.Issuer ? subject.IssSub.Sub : null,
        SubjectIdentifier.IdentifierOneofCase.Email => subject.Email,
        SubjectIdentifier.IdentifierOneofCase.PhoneNumber => subject.PhoneNumber,
        SubjectIdentifier.IdentifierOneofCase.Aliases =>
            subject.Aliases.Identifiers.Select(alias => HintFor(issuer, alias)).FirstOrDefault(hint => hint is not null),
        _ => null,
    };

    private async Task Ask(CustomerKey customer, WaitingRequest request, (CibaProvider Provider, string Hint)[] candidates)
    {
        CibaOutcome? outcome = CibaOutcome.Over;
        var isAsked = false;
        var unshown = DeviceRules.GivenBy(request);
        try
        {
            foreach (var (provider, hint) in candidates)
            {
                var details = await provider.ShowsTerms() ? CibaDetails.Of(request) : null;
                if (details is null && unshown is null)
                {
                    continue;
                }

                isAsked = true;
                if (await provider.Start(hint, BindingMessage(request.Tenant, request.Interaction ?? request.Id), details, lifetime.ApplicationStopping) is { } started)
                {
                    outcome = await Follow(customer, request, details, unshown, provider, started);
                    return;
                }
            }

            outcome = isAsked ? outcome : null;
        }
        catch (Exception error) when (error is HttpRequestException or OperationCanceledException || Faults.IsTrouble(error))
        {
            Failed(log, error.GetType().Name);
        }
        catch (Exception error)
        {
            // Nobody waits for this task: what is not told here is told nowhere.
            failures.Note("asking a customer on their device", error);
        }
        finally
        {
            _pauses.Ended(customer, request.Tenant, outcome);
            Interlocked.Decrement(ref _asking);
        }
    }

    /// <summary>Waits for the answer and carries it out: a yes gives what was asked for if the issuer says that it showed that, and otherwise <paramref name="unshown"/>, if that is anything.</summary>
    private async Task<CibaOutcome> Follow(CustomerKey customer, WaitingRequest request, string? details, GrantTerms? unshown, CibaProvider provider, CibaStart started)
    {
        var until = time.GetUtcNow() + started.Expiry;
        var interval = started.Interval;
        while (time.GetUtcNow() < until)
        {
            await Task.Delay(interval, time, lifetime.ApplicationStopping);
            var consent = await Grain(customer).GetConsent();
            if (ConsentRules.Waiting(consent, time.GetUtcNow()).All(waiting => waiting.Id != request.Id))
            {
                return CibaOutcome.Over; // Decided elsewhere.
            }

            var answer = await Poll(provider, started, details);
            var given = answer.ShowedTerms ? request.Terms : unshown;
            switch (answer.Outcome)
            {
                case CibaOutcome.Approved when given is not null && await IsThem(customer, provider, answer.Subject!):
                    await Decide(customer, request, given);
                    return answer.Outcome;
                case CibaOutcome.Refused:
                    await Decide(customer, request, given: null);
                    return answer.Outcome;
                case CibaOutcome.Approved or CibaOutcome.Over:
                    return CibaOutcome.Over;
                case CibaOutcome.SlowDown:
                    interval += Limits.Ciba.SlowDown;
                    break;
                case CibaOutcome.Trouble:
                    interval = interval * 2 < Limits.Ciba.LongestInterval ? interval * 2 : Limits.Ciba.LongestInterval;
                    break;
            }
        }

        return CibaOutcome.Over;
    }

    private async Task<CibaAnswer> Poll(CibaProvider provider, CibaStart started, string? details)
    {
        try
        {
            return await provider.Poll(started.Id, details, lifetime.ApplicationStopping);
        }
        catch (Exception error) when (error is HttpRequestException or TaskCanceledException && !lifetime.ApplicationStopping.IsCancellationRequested)
        {
            return new CibaAnswer(CibaOutcome.Trouble);
        }
    }

    /// <summary>Whoever agreed on the device must be the customer who was asked: an issuer may take the hint for somebody else.</summary>
    private async Task<bool> IsThem(CustomerKey customer, CibaProvider provider, string subject) =>
        await identities.Owner(hash.OfIssuerSubject(provider.Issuer, subject)) == customer;

    private Task<Outcome<ConsentView>> Decide(CustomerKey customer, WaitingRequest request, GrantTerms? given) =>
        decisions.Decide(customer, new DecideConsent($"ciba {request.Id}", request.Id, given is not null, given), Digest.Zero);

    private ICustomerGrain Grain(CustomerKey customer) => grains.GetGrain<ICustomerGrain>(customer.Value);

    [LoggerMessage(500, LogLevel.Warning, "A customer could not be asked on their device ({Fault}); the request waits on the consent page")]
    private static partial void Failed(ILogger logger, string fault);

    [LoggerMessage(501, LogLevel.Warning, "Too many customers are being asked on their devices; the request waits on the consent page")]
    private static partial void TooMany(ILogger logger);
}
