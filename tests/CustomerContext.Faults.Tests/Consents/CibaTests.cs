using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>Asking on the customer's device through a real OpenID Connect provider (oidc-provider): approved, refused, expired, by somebody else.</summary>
public sealed class CibaTests : IAsyncLifetime, IDisposable
{
    // Two polls.
    private const int ExpirySeconds = 12;

    private readonly TempFolder _data = new();
    private OidcProvider _provider = null!;
    private SiloProcess _silo = null!;
    private SiloClient _client = null!;

    public async Task InitializeAsync()
    {
        _provider = await OidcProvider.Start();
        _silo = await SiloProcess.Start(
            _data.Path,
            $"--CustomerContext:Ciba:0:Issuer={_provider.Issuer}",
            "--CustomerContext:Ciba:0:ClientId=customercontext-ciba",
            "--CustomerContext:Ciba:0:ClientSecret=secret",
            $"--CustomerContext:Ciba:0:ExpirySeconds={ExpirySeconds}");
        _client = new SiloClient(_silo);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _silo.DisposeAsync();
        await _provider.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Ask_TheCustomerApprovesOnTheirDevice_TheGrantIsMade()
    {
        using var stream = await Asked("approves@example.org", "approves");

        await _provider.AnswerOnDevice("approves", approve: true);

        await Settled(stream);
        Assert.True(await _client.Sees("approves@example.org"));
        Assert.Equal("acme", Assert.Single(await _client.LiveGrants("approves@example.org")).Tenant);
    }

    [Fact]
    public async Task Ask_TheCustomerRefusesOnTheirDevice_TheRequestIsDeclined()
    {
        using var stream = await Asked("refuses@example.org", "refuses");

        await _provider.AnswerOnDevice("refuses", approve: false);

        await Settled(stream);
        Assert.False(await _client.Sees("refuses@example.org"));
        Assert.Contains((await _client.ReadLog("refuses@example.org")).Records, record => record.ConsentChange?.Kind == ConsentChangeKind.RequestDeclined);
    }

    [Fact]
    public async Task Ask_NobodyAnswersInTime_TheRequestWaitsOnAndCanBeDecidedOnThePage()
    {
        const string email = "expires@example.org";
        using var stream = await Asked(email, "expires");

        // Heartbeats come after 15 quiet seconds: by then the question has expired at the provider, and nothing was decided.
        do
        {
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (stream.ResponseStream.Current.Heartbeat is null);

        var token = stream.ResponseStream.Current.ResumeToken;
        Assert.False(await _client.Sees(email));
        await _client.Decide(email, token, ConsentDecision.Approve);
        Assert.Equal(token, (await stream.Next()).SettledId);
        Assert.True(await _client.Sees(email));
    }

    [Fact]
    public async Task Ask_SomebodyElseApproves_NothingIsGranted()
    {
        // The provider takes the hint for an account that is not this customer's.
        await _client.MakeCustomer("mine@example.org");
        await _provider.AddAccount("mine@example.org");
        using var stream = _client.WatchRequests("mine@example.org");
        await _client.Ask(new SubjectIdentifier { Email = "mine@example.org" }, interaction: Codes.CallWith("mine@example.org"), when: GrantWhen.ThisCallOnly);
        await stream.Next();
        await OnDevice("mine@example.org");
        await _provider.AnswerOnDevice("mine@example.org", approve: true);

        // Another one's approval, made later, is seen; so this one's was looked at before.
        using var other = await Asked("other@example.org", "other");
        await _provider.AnswerOnDevice("other", approve: true);
        await Settled(other);
        Assert.False(await _client.Sees("mine@example.org"));
        Assert.Empty(await _client.LiveGrants("mine@example.org"));
    }

    /// <summary>A device that shows the terms (RFC 9396) can give what one that shows none cannot: here, any of the company's calls for a year.</summary>
    [Fact]
    public async Task Ask_TheDeviceShowsTheTerms_TheyAreGranted()
    {
        using var stream = await Asked("shown@example.org", "shown", GrantWhen.DuringMyConversations);

        await _provider.AnswerOnDevice("shown", approve: true);

        await Settled(stream);
        Assert.Equal(GrantWhen.DuringMyConversations, Assert.Single(await _client.LiveGrants("shown@example.org")).Terms.When);
    }

    /// <summary>A customer with this account, who is asked; the stream stands at the request.</summary>
    private async Task<AsyncServerStreamingCall<WatchConsentRequestsResponse>> Asked(string email, string account, GrantWhen when = GrantWhen.ThisCallOnly)
    {
        await Link(email, account);
        var stream = _client.WatchRequests(email);
        await _client.Ask(new SubjectIdentifier { IssSub = new IssuerSubject { Iss = _provider.Issuer, Sub = account } }, interaction: Codes.CallWith(email), when: when);
        await stream.Next();
        Assert.Equal($"acme/{Codes.CallWith(email)}", await OnDevice(account));
        return stream;
    }

    private async Task Link(string email, string account)
    {
        await _provider.AddAccount(account);
        await _client.MakeCustomer(email);
        var identifier = new SubjectIdentifier { IssSub = new IssuerSubject { Iss = _provider.Issuer, Sub = account } };
        foreach (var isSecond in (bool[])[false, true])
        {
            var code = isSecond ? File.ReadLines(Path.Combine(_data.Path, "verification-codes.txt")).Last().Split(' ')[^1] : "";
            await _client.Identities.LinkIdentifierAsync(
                new LinkIdentifierRequest { RequestId = Requests.NewId(), Identifier = identifier, VerificationCode = code }, _client.AsCustomer(email));
        }
    }

    /// <summary>What the device of this account shows, once it does.</summary>
    private async Task<string> OnDevice(string account)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            deadline.Token.ThrowIfCancellationRequested();
            foreach (var waiting in (await _provider.WaitingOnDevices()).Where(waiting => waiting!["account"]!.GetValue<string>() == account))
            {
                return waiting!["binding_message"]!.GetValue<string>();
            }
        }
    }

    private static async Task Settled(AsyncServerStreamingCall<WatchConsentRequestsResponse> stream)
    {
        var id = stream.ResponseStream.Current.ConsentRequest.ConsentRequestId;
        Assert.Equal(id, (await stream.Next()).SettledId);
    }
}
