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
        var caller = await Read(context, rule);
        if (!rule.Allows(caller))
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

    private async ValueTask<Caller> Read(ServerCallContext context, CallRule rule)
    {
        // A token that is shown must be good, even where none is needed: its sender believes to be somebody.
        var shown = context.RequestHeaders.GetValue("authorization");
        if (shown is null && rule.Kind == CallerKind.Nobody)
        {
            var address = context.GetHttpContext().Connection.RemoteIpAddress;
            return new AnonymousCaller(address?.ToString() ?? "") { Until = DateTimeOffset.MaxValue };
        }

        var token = await tokens.Read(shown);
        return token.Caller ?? throw RpcErrors.Unauthenticated(token.Fault);
    }

    private void CheckServed(Caller caller)
    {
        if (caller is TenantCaller tenant && !access.Now.Admits(tenant))
        {
            throw RpcErrors.NotAllowed("The caller's tenant, or the program that got the token, is not served.");
        }
    }
}
