using CustomerContext.Domain.Access;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>Who may come in: token, scope, kind of caller, configuration, rate; in this order.</summary>
internal sealed class Admission(TokenReader tokens, CurrentAccess access, RateLimits rates, TimeProvider time)
{
    /// <summary>The caller of a call of <paramref name="cost"/> units.</summary>
    /// <exception cref="RpcException">They may not come in.</exception>
    public async ValueTask<Caller> Admit(ServerCallContext context, CallRule rule, int cost)
    {
        var token = await tokens.Read(context.RequestHeaders.GetValue("authorization"));
        if (token.Caller is not { } caller)
        {
            throw RpcErrors.Unauthenticated(token.Fault);
        }

        if (!caller.Scopes.Contains(rule.ScopeOf(caller)) || !Fits(caller, rule.Kind))
        {
            throw RpcErrors.NotAllowed("The caller's token does not allow this method.");
        }

        CheckServed(caller);
        if (rates.Take(caller, rule.Lane, cost) is { Ticks: > 0 } wait)
        {
            throw RpcErrors.RateLimited(wait);
        }

        return rule.IsLater ? throw RpcErrors.NotImplemented(context.Method) : caller;
    }

    /// <summary>Lets a message of <paramref name="cost"/> units of a long stream in: the caller must still be welcome, and one who is too fast waits.</summary>
    /// <exception cref="RpcException">They are not: the token has ended, or the tenant is not served any more.</exception>
    public async ValueTask AdmitMessage(Caller caller, Lane lane, int cost, CancellationToken left)
    {
        while (true)
        {
            if (time.GetUtcNow() >= caller.Until)
            {
                throw RpcErrors.Unauthenticated(TokenFault.Expired);
            }

            CheckServed(caller);
            if (rates.Take(caller, lane, cost) is not { Ticks: > 0 } wait)
            {
                return;
            }

            await Task.Delay(wait, time, left);
        }
    }

    private void CheckServed(Caller caller)
    {
        if (caller is TenantCaller tenant && !access.Now.Admits(tenant))
        {
            throw RpcErrors.NotAllowed("The caller's tenant, or the program that got the token, is not served.");
        }
    }

    private static bool Fits(Caller caller, CallerKind kind) => kind switch
    {
        CallerKind.Tenant => caller is TenantCaller,
        CallerKind.Customer => caller is CustomerCaller,
        _ => true,
    };
}
