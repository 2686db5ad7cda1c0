using System.Collections.Frozen;
using CustomerContext.Domain.Access;
using CustomerContext.Silo.Access;
using CustomerContext.V1;
using ServiceDescriptor = Google.Protobuf.Reflection.ServiceDescriptor;

namespace CustomerContext.Silo.Api.Calls;

/// <summary>Who may call what: for every method of the API the scope it takes, and whether a tenant, a customer or anybody calls it.</summary>
internal static class CallTable
{
    private static readonly Dictionary<ServiceDescriptor, CallRule> _services = new()
    {
        [ContextService.Descriptor] = new CallRule(Scopes.ContextRead, CallerKind.Either) { Lane = Lane.Looks },
        [SignalService.Descriptor] = new CallRule(Scopes.SignalWrite, CallerKind.Either) { Lane = Lane.Signals },
        [ConsentService.Descriptor] = new CallRule(Scopes.ConsentManage, CallerKind.Customer),
        [IdentityService.Descriptor] = new CallRule(Scopes.SignalWrite, CallerKind.Either) { CustomerScope = Scopes.ConsentManage },
        [TribeService.Descriptor] = new CallRule(Scopes.TribeRead, CallerKind.Either) { Lane = Lane.Looks },
        [AttentionService.Descriptor] = new CallRule(Scopes.AttentionWork, CallerKind.Tenant) { Lane = Lane.Looks, IsClosedToAi = true },
        [WebhookService.Descriptor] = new CallRule(Scopes.WebhookReplay, CallerKind.Tenant) { IsClosedToAi = true },
        [CatalogService.Descriptor] = new CallRule(null, CallerKind.Nobody),
    };

    /// <summary>Of what gives something for longer than a call.</summary>
    private static readonly CallRule _bySignIn = new(Scopes.ConsentManage, CallerKind.Customer) { NeedsSignIn = true };

    private static readonly Dictionary<string, CallRule> _methods = new(StringComparer.Ordinal)
    {
        ["WatchContext"] = new CallRule(Scopes.ContextRead, CallerKind.Either) { Lane = Lane.Looks, IsClosedToAi = true },
        ["BatchGetContexts"] = new CallRule(Scopes.ContextRead, CallerKind.Tenant) { Lane = Lane.Looks },
        ["RevokeGrant"] = new CallRule(Scopes.ConsentManage, CallerKind.Customer) { Lane = Lane.Free },
        ["PauseAll"] = new CallRule(Scopes.ConsentManage, CallerKind.Customer) { Lane = Lane.Free },
        ["CreateGrant"] = _bySignIn,
        ["UpdateGrant"] = _bySignIn,
        ["CreateSharingCode"] = _bySignIn,
        ["OpenConversation"] = _bySignIn,
        ["ConnectNetwork"] = _bySignIn,
        ["CreateFriendCode"] = _bySignIn,
        ["RedeemFriendCode"] = _bySignIn,
        ["RequestConsent"] = new CallRule(Scopes.ConsentManage, CallerKind.Tenant) { IsClosedToAi = true },
        ["RedeemSharingCode"] = new CallRule(Scopes.ConsentManage, CallerKind.Tenant) { IsClosedToAi = true },
        ["EraseCustomer"] = new CallRule(Scopes.ConsentManage, CallerKind.Customer) { Lane = Lane.Free },
        ["ResolveCustomer"] = new CallRule(Scopes.ContextRead, CallerKind.Either) { CustomerScope = Scopes.ConsentManage, Lane = Lane.Looks, IsClosedToAi = true },
        ["BeginConnection"] = _bySignIn,
        ["ProveAccount"] = new CallRule(Scopes.SignalWrite, CallerKind.Tenant) { IsClosedToAi = true },
        ["CheckAccounts"] = new CallRule(Scopes.SignalWrite, CallerKind.Tenant) { IsClosedToAi = true },
        ["BeginInteraction"] = new CallRule(Scopes.ContextRead, CallerKind.Tenant) { IsClosedToAi = true },
        ["ContinueInteraction"] = new CallRule(Scopes.ContextRead, CallerKind.Tenant) { IsClosedToAi = true },
        ["EndInteraction"] = new CallRule(Scopes.ContextRead, CallerKind.Tenant) { IsClosedToAi = true },
        ["WatchConsentRequest"] = new CallRule(Scopes.ConsentManage, CallerKind.Tenant) { IsClosedToAi = true },
        ["CloseConversation"] = new CallRule(Scopes.ConsentManage, CallerKind.Customer) { Lane = Lane.Free },
        ["DisconnectNetwork"] = new CallRule(Scopes.ConsentManage, CallerKind.Customer) { Lane = Lane.Free },
        ["OpenJoin"] = new CallRule(null, CallerKind.Nobody),
        ["AcceptJoin"] = new CallRule(null, CallerKind.Nobody),
        ["StopMessages"] = new CallRule(null, CallerKind.Nobody) { Lane = Lane.Free },
    };

    private static readonly FrozenDictionary<string, CallRule> _rules = _services
        .SelectMany(service => service.Key.Methods, (service, method) => KeyValuePair.Create(
            $"/{service.Key.FullName}/{method.Name}", _methods.GetValueOrDefault(method.Name, service.Value)))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The rule of a full method name (<c>/package.Service/Method</c>); absent for methods that are not of the API (health, reflection), which anyone may call.</summary>
    public static CallRule? Find(string method) => _rules.GetValueOrDefault(method);
}

/// <summary>What a method takes: a scope (absent: none), and a caller of a kind.</summary>
internal sealed record CallRule(string? Scope, CallerKind Kind)
{
    /// <summary>What it is counted with.</summary>
    public Lane Lane { get; init; } = Lane.Other;

    /// <summary>The scope that it takes of a customer; absent: the same.</summary>
    public string? CustomerScope { get; init; }

    /// <summary>True if a token of this server's own is not enough: its owner said yes in a call, and may see and stop what came of it.</summary>
    public bool NeedsSignIn { get; init; }

    /// <summary>True if it shows or names people in a way that a grant's box for AI readers does not bound, or opens the occasion on which such a reader may then read.</summary>
    public bool IsClosedToAi { get; init; }

    /// <summary>True if <paramref name="caller"/> is of its kind and has the scope.</summary>
    public bool Allows(Caller caller) => (Kind switch
    {
        CallerKind.Tenant => caller is TenantCaller,
        CallerKind.Customer => caller is CustomerCaller,
        _ => true,
    }) && !(IsClosedToAi && caller is TenantCaller { IsAi: true }) && !(NeedsSignIn && caller is CustomerCaller { Issuer: OwnTokens.Issuer }) && (ScopeOf(caller) is not { } scope || caller.Scopes.Contains(scope));

    private string? ScopeOf(Caller caller) => caller is CustomerCaller ? CustomerScope ?? Scope : Scope;
}

/// <summary>Which callers a method has.</summary>
internal enum CallerKind
{
    /// <summary>Agents and services of a tenant.</summary>
    Tenant,

    /// <summary>Customers, each for themselves.</summary>
    Customer,

    /// <summary>Both.</summary>
    Either,

    /// <summary>Both, and whoever shows no token; a token that is shown must be good.</summary>
    Nobody,
}
