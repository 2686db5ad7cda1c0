using System.Net;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>Every method of the contract against every caller who has no business there. The methods come from the descriptors: a new one cannot be forgotten.</summary>
public sealed class TenantMatrixTests(RunningSilo running) : IClassFixture<RunningSilo>, IDisposable
{
    private const string AllScopes = "context.read signal.write consent.manage tribe.read attention.work webhook.replay";
    private const string Victim = RunningSilo.Email;

    private readonly AnyMethod _any = new(running.Silo.Grpc);

    private enum Who
    {
        Tenant,
        Customer,
        Either,

        /// <summary>Everybody, with a good token or with none.</summary>
        Nobody,
    }

    /// <summary>Who may call what, as the contract says it.</summary>
    private static readonly Dictionary<string, Who> _callers = new (Who Who, string[] Methods)[]
    {
        (Who.Either, ["GetContext", "WatchContext", "PublishSignals", "StreamSignals"]),
        (Who.Either, ["LinkIdentifier", "UnlinkIdentifier", "ResolveCustomer"]),
        (Who.Either, ["GetTribe", "WatchTribe", "ListTribes", "GetTrends"]),
        (Who.Tenant, ["BatchGetContexts", "RequestConsent", "RedeemSharingCode"]),
        (Who.Tenant, ["ListWork", "WatchWork", "ClaimWork", "CompleteWork", "HandOverWork", "ReplayWebhooks"]),
        (Who.Either, ["GetHistory"]),
        (Who.Nobody, ["GetCatalog", "GetLogo", "OpenJoin", "AcceptJoin", "StopMessages"]),
        (Who.Tenant, ["ProveAccount", "CheckAccounts"]),
        (Who.Customer, ["BeginConnection"]),
        (Who.Tenant, ["BeginInteraction", "ContinueInteraction", "EndInteraction", "WatchConsentRequest"]),
        (Who.Customer, ["GetPreferences", "GetGrant", "ResumeAll", "OpenConversation", "CloseConversation", "ListSources", "ConnectNetwork", "DisconnectNetwork", "GetLookMail", "SetLookMail"]),
        (Who.Customer, ["ListTies", "DecideTie", "CreateFriendCode", "RedeemFriendCode", "ListRequests"]),
        (Who.Customer, ["SetPreferences", "CreateGrant", "UpdateGrant", "RevokeGrant", "ListGrants", "PauseAll"]),
        (Who.Customer, ["DecideConsent", "WatchConsentRequests", "CreateSharingCode"]),
        (Who.Customer, ["ListDisclosures", "WatchDisclosures", "GetReceipt", "ExportCustomer", "EraseCustomer"]),
    }.SelectMany(row => row.Methods, (row, method) => (row.Who, Method: method)).ToDictionary(one => one.Method, one => one.Who);

    /// <summary>Names of somebody else, or of nobody: built so that a careless comparison, or joining of parts, would take them for the victim or another tenant's.</summary>
    private static IEnumerable<SubjectIdentifier> Disguises =>
    [
        new() { Email = Victim.Replace('o', 'о') }, // Cyrillic
        new() { Email = Victim.Replace("@", "＠", StringComparison.Ordinal) },
        new() { Email = Victim.ToUpperInvariant() },
        new() { Email = $"{Victim}\u200B" },
        new() { Email = $"{Victim.Replace("k", "\u212A", StringComparison.Ordinal)}" }, // Kelvin sign, K in lower case
        new() { Email = $"globex/{Victim}" },
        new() { Email = $"5:email{Victim.Length}:{Victim}" },
        new() { Opaque = Victim },
        new() { Opaque = $"globex/victim" },
        new() { Opaque = "../globex/victim" },
        new() { Opaque = "globex\u2215victim" },
        new() { Opaque = "6:globex6:victim" },
        new() { Opaque = "victim" }, // globex's own
        new() { IssSub = new IssuerSubject { Iss = "customercontext-development/", Sub = Victim } },
        new() { IssSub = new IssuerSubject { Iss = "customercontext-development" + Victim[..1], Sub = Victim[1..] } },
        new() { CustomerId = new string('0', 32) },
        new() { CustomerId = "" },
        new() { Aliases = new Aliases { Identifiers = { new SubjectIdentifier { Opaque = "victim" }, new SubjectIdentifier { Email = "nobody@example.org" } } } },
    ];

    [Fact]
    public void Methods_OfTheContract_AreAllInTheTable() =>
        Assert.Equal(_callers.Keys.Order(StringComparer.Ordinal), AnyMethod.All.Select(method => method.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task EveryMethod_BadToken_Unauthenticated()
    {
        foreach (var (number, method) in AnyMethod.All.Index())
        {
            // From an address of its own: so many forged tokens from one would be held off unread.
            using var any = new AnyMethod(running.Silo.Grpc, new IPAddress([127, 0, 1, (byte)(number + 1)]));
            foreach (var claims in (Func<Dictionary<string, object>>[])[() => Agent(), () => Customer(Victim)])
            {
                var bad = BadTokens.Of(running.Silo.Tokens, claims).Where(one => _callers[method.Name] != Who.Nobody || one.Reason != ErrorReason.TokenMissing);
                foreach (var (name, options, reason) in bad)
                {
                    await Named($"{method.Name}, {name}", () => Refusals.Refused(StatusCode.Unauthenticated, reason, () => any.Call(method, [], options)));
                }
            }
        }
    }

    [Fact]
    public async Task EveryMethodForAnybody_WithoutAToken_ComesIn()
    {
        foreach (var method in AnyMethod.All.Where(method => _callers[method.Name] == Who.Nobody))
        {
            var error = await Record.ExceptionAsync(() => _any.Call(method, AnyMethod.RequestFor(method, null).ToByteArray(), default));
            Assert.False(error is RpcException { StatusCode: StatusCode.Unauthenticated or StatusCode.PermissionDenied }, $"{method.Name}: {error}");
        }
    }

    [Fact]
    public async Task EveryMethod_WithoutItsScope_NotAllowed()
    {
        foreach (var method in AnyMethod.All.Where(method => _callers[method.Name] != Who.Nobody))
        {
            await Named(method.Name, () => NotAllowed(method, _callers[method.Name] == Who.Customer ? Customer(Victim, "openid") : Agent("openid")));
        }
    }

    [Fact]
    public async Task EveryMethod_OfTheOtherKindOfCaller_NotAllowed()
    {
        foreach (var method in AnyMethod.All.Where(method => _callers[method.Name] is Who.Tenant or Who.Customer))
        {
            await Named(method.Name, () => NotAllowed(method, _callers[method.Name] == Who.Customer ? Agent() : Customer(Victim)));
        }
    }

    [Theory]
    [InlineData("аcme")] // Cyrillic
    [InlineData("ACME")]
    [InlineData("acme ")]
    [InlineData("acme/crm")]
    [InlineData("")]
    public async Task EveryMethod_TenantThatOnlyLooksLikeOne_Unauthenticated(string tenant)
    {
        var claims = Agent();
        claims["tenant"] = tenant;
        foreach (var method in AnyMethod.All)
        {
            await Named(method.Name, () => Refusals.Refused(
                StatusCode.Unauthenticated, ErrorReason.TokenInvalid, () => _any.Call(method, [], Signed(claims))));
        }
    }

    [Fact]
    public async Task EveryMethodThatNamesAPerson_ByAnotherTenantsId_ShowsNothing()
    {
        var (own, others) = await PairwiseIds();
        await running.Client.Identities.LinkIdentifierAsync(
            new LinkIdentifierRequest { RequestId = Requests.NewId(), Subject = Named(Victim), Identifier = new SubjectIdentifier { Opaque = "victim" } },
            running.Client.AsAgent("globex"));

        foreach (var method in AnyMethod.All.Where(method => _callers[method.Name] != Who.Customer && NamesAPerson(method)))
        {
            foreach (var disguise in Disguises.Append(new SubjectIdentifier { CustomerId = others }))
            {
                await ShowsNothing(method, disguise, Signed(Agent()), own, others);
            }
        }
    }

    [Fact]
    public async Task EveryMethodThatNamesAPerson_ByACustomerForAnother_ShowsNothing()
    {
        var (own, others) = await PairwiseIds();
        await running.Client.MakeCustomer("other@example.org", "acme");

        foreach (var method in AnyMethod.All.Where(method => _callers[method.Name] != Who.Tenant && NamesAPerson(method)))
        {
            foreach (var subject in (SubjectIdentifier[])[Named(Victim), new() { CustomerId = own }])
            {
                await ShowsNothing(method, subject, Signed(Customer("other@example.org")), own, others);
            }
        }
    }

    [Fact]
    public async Task EveryMethodThatNamesAGrant_OfAnotherCustomer_NotFound()
    {
        await running.Client.MakeCustomer("other@example.org", "acme");
        var grant = Assert.Single((await running.Client.Consents.ListGrantsAsync(new ListGrantsRequest(), running.Client.AsCustomer(Victim))).Grants, one => one.Tenant == "acme");

        foreach (var method in AnyMethod.All.Where(method => method.InputType.FindFieldByName("grant_id") is not null))
        {
            var request = AnyMethod.RequestFor(method, null);
            method.InputType.FindFieldByName("grant_id").Accessor.SetValue(request, grant.GrantId);
            var error = await Assert.ThrowsAsync<RpcException>(() => _any.Call(method, request.ToByteArray(), Signed(Customer("other@example.org"))));
            Assert.True(error.StatusCode is StatusCode.NotFound or StatusCode.Unimplemented, $"{method.Name}: {error.StatusCode}");
        }

        Assert.Contains(grant, (await running.Client.Consents.ListGrantsAsync(new ListGrantsRequest(), running.Client.AsCustomer(Victim))).Grants);
    }

    public void Dispose() => _any.Dispose();

    /// <summary>Refused, or answered with nothing of the victim's: not their id, not what was said about them.</summary>
    private async Task ShowsNothing(MethodDescriptor method, SubjectIdentifier subject, CallOptions options, params string[] ids)
    {
        try
        {
            var answer = await _any.Call(method, AnyMethod.RequestFor(method, subject).ToByteArray(), options);
            var text = System.Text.Encoding.Latin1.GetString(answer);
            Assert.All(ids.Append("delivery").Append(Victim), mark => Assert.DoesNotContain(mark, text, StringComparison.Ordinal));
        }
        catch (RpcException error)
        {
            Assert.True(
                error.StatusCode is StatusCode.PermissionDenied or StatusCode.InvalidArgument or StatusCode.Unimplemented or StatusCode.NotFound,
                $"{method.Name} by {subject}: {error.Status}");
        }
    }

    private async Task<(string Acme, string Globex)> PairwiseIds()
    {
        var grants = await running.Client.Consents.ListGrantsAsync(new ListGrantsRequest(), running.Client.AsCustomer(Victim));
        if (!grants.Grants.Any(grant => grant.Tenant == "globex"))
        {
            await running.Client.Consents.CreateGrantAsync(Requests.Grant("globex"), running.Client.AsCustomer(Victim));
            await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Victim, "matrix", 1)), running.Client.AsAgent());
        }

        var acme = await running.Client.Contexts.GetContextAsync(Requests.Lookup(Victim), running.Client.AsAgent());
        var globex = await running.Client.Contexts.GetContextAsync(Requests.Lookup(Victim), running.Client.AsAgent("globex"));
        Assert.NotEqual(acme.CustomerId, globex.CustomerId);
        return (acme.CustomerId, globex.CustomerId);
    }

    private async Task NotAllowed(MethodDescriptor method, Dictionary<string, object> claims) => await Refusals.Refused(
        StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => _any.Call(method, AnyMethod.RequestFor(method, null).ToByteArray(), Signed(claims)));

    private static bool NamesAPerson(MethodDescriptor method) =>
        AnyMethod.RequestFor(method, Named("anybody@example.org")).ToString()!.Contains("anybody@example.org", StringComparison.Ordinal);

    private static SubjectIdentifier Named(string email) => new() { Email = email };

    private static async Task Named(string what, Func<Task> check)
    {
        try
        {
            await check();
        }
        catch (Exception error)
        {
            throw new Xunit.Sdk.XunitException($"{what}: {error.Message}");
        }
    }

    private CallOptions Signed(Dictionary<string, object> claims) => SiloClient.With(running.Silo.Tokens.Sign(claims));

    private static Dictionary<string, object> Agent(string scope = AllScopes) => DevTokens.Actor("acme", scope: scope);

    private static Dictionary<string, object> Customer(string email, string scope = AllScopes)
    {
        var claims = DevTokens.Customer(email);
        claims["scope"] = scope;
        return claims;
    }
}
