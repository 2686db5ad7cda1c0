using CustomerContext.Client.Internal;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>
/// The code or link of one request for consent, as a person has it. Needs no token. Wrong codes are counted by session: name the session of the person's browser, or keep the handle for as long as the person is at it. Costs
/// nothing to make, does no I/O by itself, safe for use from many threads.
/// </summary>
/// <remarks>
/// Every method throws <see cref="CustomerContextException"/>: <see cref="NotFoundException"/> (wrong, answered, lapsed or dead code), <see cref="InvalidRequestException"/>,
/// <see cref="RateLimitedException"/>, <see cref="NotAuthenticatedException"/> (a token that is sent must be good) or <see cref="ServerUnavailableException"/>.
/// </remarks>
public sealed class JoinHandle
{
    private readonly Caller _caller;
    private readonly RawServices _raw;
    private readonly string _code;
    private readonly string _linkProof;
    private readonly string _session;

    internal JoinHandle(Caller caller, RawServices raw, string code, string linkProof, string session)
    {
        _caller = caller;
        _raw = raw;
        _code = code;
        _linkProof = linkProof;
        _session = session.Length > 0 ? session : caller.NewRequestId();
    }

    /// <summary>Shows what is asked for. Changes nothing, however often.</summary>
    /// <param name="language">Language of the words, a BCP 47 tag. Not one of en, de and fr, or empty: en.</param>
    /// <param name="cancellation">Gives the call up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<OpenJoinResponse> OpenAsync(string language = "", CancellationToken cancellation = default)
    {
        var request = new OpenJoinRequest { Code = _code, LinkProof = _linkProof, Session = _session, Language = language };
        return _caller.CallAsync(_raw.Consents.OpenJoinAsync, request, _caller.Options.ReadDeadline, cancellation);
    }

    /// <summary>Says yes, all or nothing; whether it was accepted is in the response's outcome.</summary>
    /// <param name="answer">What is said; code, proof, session and, if it is empty, the request id are filled in.</param>
    /// <param name="cancellation">Gives the call up; the yes may still have been said. The same request id again tells.</param>
    /// <exception cref="PreconditionFailedException">A limit is reached.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<AcceptJoinResponse> AcceptAsync(AcceptJoinRequest answer, CancellationToken cancellation = default)
    {
        var request = answer.Clone();
        (request.Code, request.LinkProof, request.Session) = (_code, _linkProof, _session);
        request.RequestId = request.RequestId.Length > 0 ? request.RequestId : _caller.NewRequestId();
        return _caller.CallAsync(_raw.Consents.AcceptJoinAsync, request, _caller.Options.WriteDeadline, cancellation);
    }

    /// <summary>Never again a message to the address that the link went to, from any company. Always answers the same.</summary>
    /// <param name="cancellation">Gives the call up; it may still have been done.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task StopMessagesAsync(CancellationToken cancellation = default)
    {
        var request = new StopMessagesRequest { Code = _code, LinkProof = _linkProof };
        return _caller.CallAsync(_raw.Consents.StopMessagesAsync, request, _caller.Options.WriteDeadline, cancellation);
    }
}
