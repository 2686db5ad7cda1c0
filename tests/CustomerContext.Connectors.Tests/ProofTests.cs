using CustomerContext.Client;

namespace CustomerContext.Connectors.Tests;

/// <summary>An account is connected by whom it belongs to, through the network's own connector, and in no other way.</summary>
public sealed class ProofTests
{
    private const string Ann = "ann@example.org";
    private const string Bob = "bob@example.org";

    [Fact]
    public async Task Proof_OfSomebodyElse_OpensNothing()
    {
        await using var village = await Village.Start();
        await village.MakeCustomer(Ann);
        await village.MakeCustomer(Bob);
        var anns = await village.Prove(Ann, "1") ?? throw new InvalidOperationException(village.Connector.Output);

        // Bob has Ann's proof: whether he took it from her, or made her walk his way, it is not his.
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.As(Bob).Me.ConnectNetworkAsync(Village.Network, anns));
        var bobs = (await village.As(Bob).Identity.BeginConnectionAsync(Village.Network)).ConnectUri;
        var walked = Village.Proof(await Village.Walk(bobs, "1"))!;
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.As(Ann).Me.ConnectNetworkAsync(Village.Network, walked));

        // Nor for another network, nor changed, nor the ticket itself.
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.As(Ann).Me.ConnectNetworkAsync("other-network", anns));
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.As(Ann).Me.ConnectNetworkAsync(Village.Network, (anns[0] == 'A' ? "B" : "A") + anns[1..]));
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.As(Ann).Me.ConnectNetworkAsync(Village.Network, "x"));
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.As(Bob).Me.ConnectNetworkAsync(Village.Network, TicketIn(bobs)));

        var connected = await village.As(Ann).Me.ConnectNetworkAsync(Village.Network, anns);
        Assert.Equal(("1", true), (connected.Source.AccountId, connected.Source.IsCollected));
    }

    /// <summary>Else it would name neither, and both would wait for posts that nobody reads.</summary>
    [Fact]
    public async Task Connect_AnAccountThatSomebodyElseConnected_IsRefusedUntilTheyDisconnect()
    {
        await using var village = await Village.Start();
        await village.Connect(Ann, "1");
        await village.MakeCustomer(Bob);

        await Assert.ThrowsAsync<PreconditionFailedException>(async () => await village.As(Bob).Me.ConnectNetworkAsync(Village.Network, (await village.Prove(Bob, "1"))!));
        Assert.Single(await village.AsProgram(Village.Network).Identity.CheckAccountsAsync(["1"]));
        await village.As(Ann).Me.DisconnectNetworkAsync(Village.Network);
        await village.Connect(Bob, "1");
        Assert.Single(await village.AsProgram(Village.Network).Identity.CheckAccountsAsync(["1"]));
    }

    [Fact]
    public async Task Proof_ByWhomItIsNotToMake_IsRefused()
    {
        await using var village = await Village.Start();
        await village.MakeCustomer(Ann);
        var ticket = TicketIn((await village.As(Ann).Identity.BeginConnectionAsync(Village.Network)).ConnectUri);

        await Assert.ThrowsAsync<CallerNotAllowedException>(() => village.AsProgram("acme").Identity.ProveAccountAsync(ticket, "1"));
        await Assert.ThrowsAsync<CallerNotAllowedException>(() => village.As(Ann).Identity.ProveAccountAsync(ticket, "1"));
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.AsProgram("other-network").Identity.ProveAccountAsync(ticket, "1"));
        await Assert.ThrowsAsync<CodeNotAcceptedException>(() => village.AsProgram(Village.Network).Identity.ProveAccountAsync("nonsense", "1"));
        await Assert.ThrowsAsync<CallerNotAllowedException>(() => village.AsProgram("acme").Identity.CheckAccountsAsync(["1"]));
        Assert.NotEmpty(await village.AsProgram(Village.Network).Identity.ProveAccountAsync(ticket, "1"));
    }

    [Fact]
    public async Task Accounts_OfAnotherNetwork_AreNotTold()
    {
        await using var village = await Village.Start();
        await village.Connect(Ann, "1");

        Assert.Equal(["1"], (await village.AsProgram(Village.Network).Identity.CheckAccountsAsync(["0", "1", "2"])).Select(known => known.AccountId));
        Assert.Empty(await village.AsProgram("other-network").Identity.CheckAccountsAsync(["1"]));
        await Assert.ThrowsAsync<InvalidRequestException>(() => village.AsProgram(Village.Network).Identity.CheckAccountsAsync([]));
        await Assert.ThrowsAsync<InvalidRequestException>(() => village.AsProgram(Village.Network).Identity.CheckAccountsAsync(Enumerable.Range(0, 101).Select(i => $"{i}")));
        Assert.Single(await village.AsProgram(Village.Network).Identity.CheckAccountsAsync(Enumerable.Range(1, 100).Select(i => $"{i}")));
    }

    [Fact]
    public async Task Walk_InAnotherBrowserOrWithANo_EndsWithoutAProof()
    {
        await using var village = await Village.Start();
        await village.MakeCustomer(Ann);
        var begun = (await village.As(Ann).Identity.BeginConnectionAsync(Village.Network)).ConnectUri;

        Assert.Contains("failed=no", (await Village.Walk(begun, "")).Query, StringComparison.Ordinal);
        Assert.Contains("failed=over", (await Village.Walk($"{village.Connector.Url}connect/{Village.Network}?ticket=forged", "1")).Query, StringComparison.Ordinal);
        using var browser = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false });
        using var other = await browser.GetAsync(new Uri(village.Connector.Url, $"/connected/{Village.Network}?code=stolen&state=guessed"));
        Assert.Contains("failed=over", other.Headers.Location!.Query, StringComparison.Ordinal);
        Assert.DoesNotContain(Ann, village.Connector.Output, StringComparison.Ordinal);
    }

    /// <summary>The server has given a token, and the silo does not take the account: the token is given back.</summary>
    [Fact]
    public async Task Walk_SiloRefusesTheAccount_TheTokenIsGivenBack()
    {
        await using var village = await Village.Start();
        await village.MakeCustomer(Ann);
        var begun = (await village.As(Ann).Identity.BeginConnectionAsync(Village.Network)).ConnectUri;
        Assert.Contains("failed=silo", (await Village.Walk(begun, new string('9', 129))).Query, StringComparison.Ordinal);
        foreach (var token in village.Server.Tokens.Keys.ToArray())
        {
            await village.Server.TokenIsGone(token);
        }

        Assert.Empty(village.Server.Tokens);
    }

    [Fact]
    public async Task Walk_WithoutATicketOfTheSilo_TheServerIsNotCalled()
    {
        await using var village = await Village.Start();
        Assert.Contains("failed=over", (await Village.Walk($"{village.Connector.Url}connect/{Village.Network}?ticket=forged", "1")).Query, StringComparison.Ordinal);
        Assert.Equal(0, village.Server.Calls);
    }

    [Fact]
    public async Task BeginConnection_OfANetworkThatIsNone_NotFound()
    {
        await using var village = await Village.Start();
        await village.MakeCustomer(Ann);
        await Assert.ThrowsAsync<NotFoundException>(() => village.As(Ann).Identity.BeginConnectionAsync("acme"));
        await Assert.ThrowsAsync<PreconditionFailedException>(() => village.As("nobody@example.org").Identity.BeginConnectionAsync(Village.Network));
    }

    private static string TicketIn(string uri) => uri[(uri.IndexOf("ticket=", StringComparison.Ordinal) + "ticket=".Length)..];
}
