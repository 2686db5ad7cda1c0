using System.Diagnostics.Metrics;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains;
using Grpc.Core;

namespace CustomerContext.Silo.Hosting;

/// <summary>What the doors count of all calls, and what guards them.</summary>
internal sealed class SiloMetrics
{
    private readonly Meter _meter;
    private readonly Counter<long> _calls;
    private readonly Counter<long> _rateLimited;
    private readonly Counter<long> _shed;
    private readonly Counter<long> _alarms;
    private readonly Counter<long> _keyFetches;
    private readonly Counter<long> _tokens;

    public SiloMetrics(IMeterFactory factory)
    {
        var meter = _meter = factory.Create(Telemetry.Name);
        _calls = meter.CreateCounter<long>("customercontext.calls", description: "Calls that ended, by method and status.");
        _rateLimited = meter.CreateCounter<long>("customercontext.rate_limited", description: "Calls and stream messages beyond the rate of a tenant, one of its people or programs, or a customer.");
        _shed = meter.CreateCounter<long>("customercontext.calls_shed", description: "Calls that were refused, and tries of a message of a stream that had to wait, because this silo had too much in hand.");
        _alarms = meter.CreateCounter<long>("customercontext.look_alarms", description: "Actors who looked at very many people, or at one person very often.");
        _keyFetches = meter.CreateCounter<long>("customercontext.key_fetches", description: "Attempts to fetch an issuer's keys.");
        _tokens = meter.CreateCounter<long>("customercontext.tokens_verified", description: "Signatures of tokens that were checked; a token that was good before is not checked again.");
    }

    /// <summary>A call has ended.</summary>
    public void CallEnded(string method, StatusCode status) => _calls.Add(1, new("method", method), new("code", status.ToString()));

    /// <summary>A call was refused, or a message had to wait, because of a rate.</summary>
    public void RateLimited(TenantId? tenant, Lane lane, string who) =>
        _rateLimited.Add(1, new("tenant", tenant?.Value ?? ""), new("lane", lane.ToString()), new("who", who));

    /// <summary>A call was refused, or a message of a stream had to wait, because there was too much in hand.</summary>
    public void Shed(TenantId? tenant, LoadKind kind) => _shed.Add(1, new("tenant", tenant?.Value ?? ""), new("kind", kind.ToString()));

    /// <summary>Shows how much is in each room.</summary>
    public void ShowInHand(Func<IEnumerable<(string Room, int Units)>> rooms) => _meter.CreateObservableGauge<int>(
        "customercontext.in_hand",
        () => rooms().Select(one => new Measurement<int>(one.Units, new KeyValuePair<string, object?>("room", one.Room))),
        description: "Units that are in hand: in the rooms that all companies share, for calls and for streams, and in those that companies have of their own, together.");

    /// <summary>An alarm was raised.</summary>
    public void LookAlarm(TenantId tenant, LookAlarm alarm, ActorRole role) =>
        _alarms.Add(1, new("tenant", tenant.Value), new("alarm", alarm.ToString()), new("role", role.ToString()));

    /// <summary>The signature of a token was checked.</summary>
    public void TokenVerified(bool isGood) => _tokens.Add(1, new KeyValuePair<string, object?>("good", isGood ? "true" : "false"));

    /// <summary>An issuer was asked for its keys.</summary>
    public void KeysFetched(string issuer, bool succeeded) => _keyFetches.Add(1, new("issuer", issuer), new("succeeded", succeeded ? "true" : "false"));
}
