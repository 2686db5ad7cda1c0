using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>Who may come in: token, scope, kind of caller, configuration, room, rate; in this order.</summary>
internal sealed class Admission(TokenReader tokens, CurrentAccess access, RateLimits rates, CallsInHand inHand, TimeProvider time)
{
    /// <summary>The caller, as the headers say; nothing else of the call has been read.</summary>
    /// <exception cref="RpcException">They may not come in.</exception>
    public async ValueTask<Caller> Admit(HttpContext http, CallRule rule)
    {
        var caller = await Read(http, rule);
        if (!rule.Allows(caller))
        {
            throw RpcErrors.NotAllowed("The caller's token does not allow this method.");
        }

        CheckServed(caller);
        if (caller is TenantCaller sender && rule.Scope != Scopes.SignalWrite && access.Now.Find(sender) is { IsNetwork: true })
        {
            throw RpcErrors.NotAllowed("A network sends signals and does nothing else.");
        }

        return caller;
    }

    /// <summary>Takes a place among the calls in hand, until it is disposed of. Nothing of the message has been read; what the call costs is said later (<see cref="Take"/>).</summary>
    /// <param name="http">The call.</param>
    /// <param name="caller">Who calls.</param>
    /// <param name="rule">The rule they came in by.</param>
    /// <param name="mostBytes">What its message may have if it does not say.</param>
    /// <returns>The place; absent if the call needs none.</returns>
    /// <exception cref="RpcException">There is too much in hand.</exception>
    public Place? Enter(HttpContext http, Caller caller, CallRule rule, int mostBytes)
    {
        if (rule.Lane == Lane.Free)
        {
            return null;
        }

        var bytes = Math.Min(http.Request.ContentLength ?? mostBytes, mostBytes);
        return inHand.Enter(caller, rule.Lane == Lane.Signals ? LoadKind.Signals : LoadKind.Call, Place.UnitsOf(bytes)) ?? throw Overloaded(rule);
    }

    /// <summary>Takes a place among the open streams, until it is disposed of.</summary>
    /// <exception cref="RpcException">Too many are open.</exception>
    public Place EnterStream(Caller caller) => inHand.Enter(caller, LoadKind.Stream, 1) ?? throw RpcErrors.Overloaded(Limits.Load.OtherRest);

    /// <summary>Takes a place for a message of so many bytes of a stream of signals, of which little has been read; waits until there is room for it.</summary>
    /// <exception cref="RpcException">The caller is not welcome any more.</exception>
    public async ValueTask<Place> EnterMessage(Caller caller, long bytes, CancellationToken left)
    {
        while (true)
        {
            CheckWelcome(caller);
            if (inHand.Enter(caller, LoadKind.Signals, Place.UnitsOf(bytes)) is { } place)
            {
                place.Holds(bytes);
                return place;
            }

            await Task.Delay(Limits.Load.OtherRest, time, left);
        }
    }

    /// <summary>Takes <paramref name="cost"/> units for a message that has been read; waits, in the place that it has, until there is room for them.</summary>
    /// <exception cref="RpcException">The caller is not welcome any more.</exception>
    public async ValueTask SettleMessage(Caller caller, Place place, int cost, CancellationToken left)
    {
        CheckWelcome(caller);
        while (!place.TrySettle(cost))
        {
            await Task.Delay(Limits.Load.OtherRest, time, left);
            CheckWelcome(caller);
        }
    }

    /// <summary>Takes <paramref name="cost"/> units, which the call is, of what may be in hand and of the caller's rate.</summary>
    /// <exception cref="RpcException">There is no room.</exception>
    public void Take(AdmittedCall call, int cost)
    {
        if (call.Place?.TrySettle(cost) == false)
        {
            throw Overloaded(call.Rule);
        }

        if (rates.Take(call.Caller, call.Rule.Lane, cost) is { Ticks: > 0 } wait)
        {
            throw RpcErrors.RateLimited(wait);
        }
    }

    /// <summary>Lets a message of <paramref name="cost"/> units of a long stream in: the caller must still be welcome, and one who is too fast waits.</summary>
    /// <exception cref="RpcException">They are not: the token has ended, or the tenant is not served any more.</exception>
    public async ValueTask AdmitMessage(Caller caller, Lane lane, int cost, CancellationToken left)
    {
        while (true)
        {
            CheckWelcome(caller);
            if (rates.Take(caller, lane, cost) is not { Ticks: > 0 } wait)
            {
                return;
            }

            await Task.Delay(wait, time, left);
        }
    }

    private static RpcException Overloaded(CallRule rule) => RpcErrors.Overloaded(rule.Lane == Lane.Signals ? Limits.Load.SignalsRest : Limits.Load.OtherRest);

    private async ValueTask<Caller> Read(HttpContext http, CallRule rule)
    {
        // A token that is shown must be good, even where none is needed: its sender believes to be somebody. Two of them are none.
        var shown = http.Request.Headers.Authorization is { Count: > 0 } values ? values.ToString() : null;
        if (shown is not null && tokens.Find(shown) is { } known)
        {
            return known;
        }

        var (connection, origin) = (http.Connection.Id, Origin.Of(http.Connection.RemoteIpAddress));
        if (shown is null && rule.Kind == CallerKind.Nobody)
        {
            return new AnonymousCaller(origin) { Until = DateTimeOffset.MaxValue };
        }

        // To check a signature costs more than to answer a lookup, so who sends forged tokens has to wait; callers who are known already do not.
        if (rates.WaitOfForger(connection, origin) is { Ticks: > 0 } wait)
        {
            throw RpcErrors.RateLimited(wait);
        }

        var token = await tokens.Read(shown);
        if (token.Fault == TokenFault.Invalid)
        {
            rates.CountForgery(connection, origin);
        }

        return token.Caller ?? throw RpcErrors.Unauthenticated(token.Fault);
    }

    private void CheckWelcome(Caller caller)
    {
        if (time.GetUtcNow() >= caller.Until)
        {
            throw RpcErrors.Unauthenticated(TokenFault.Expired);
        }

        CheckServed(caller);
    }

    private void CheckServed(Caller caller)
    {
        if (caller is TenantCaller tenant && !access.Now.Admits(tenant))
        {
            throw RpcErrors.NotAllowed("The caller's tenant, or the program that got the token, is not served.");
        }
    }
}
