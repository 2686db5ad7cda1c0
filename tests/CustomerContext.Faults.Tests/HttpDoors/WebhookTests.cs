using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Microsoft.AspNetCore.Http;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>Companies hear what became of their grants: each thing, in the customer's order, and nothing else, whatever becomes of receiver and silo.</summary>
public sealed class WebhookTests : IAsyncLifetime
{
    private static readonly int _kills = Trials.Count("CC_WEBHOOK_KILLS", 2);

    private readonly TempFolder _data = new();
    private readonly TempFolder _settings = new();
    private Receiver _receiver = null!;
    private SiloProcess _silo = null!;
    private SiloClient _client = null!;

    public async Task InitializeAsync()
    {
        _receiver = await Receiver.Start();
        await Start();
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _silo.DisposeAsync();
        await _receiver.DisposeAsync();
        _data.Dispose();
        _settings.Dispose();
    }

    [Fact]
    public async Task Grant_GivenNarrowedAndRevoked_ToldWithoutContextInOrder()
    {
        const string Person = "told@example.org";
        var grant = (await _client.MakeCustomer(Person, "acme", "globex"))[0];
        await _client.Consents.UpdateGrantAsync(Narrower(grant), _client.AsCustomer(Person));
        await _client.Consents.RevokeGrantAsync(Requests.Revoke(grant), _client.AsCustomer(Person));

        Call[] calls = [await _receiver.Next(), await _receiver.Next(), await _receiver.Next()];

        Assert.Equal([("consent.given", 1), ("consent.narrowed", 2), ("consent.ended", 2)], calls.Select(call => (call.Type, call.Version)));
        Assert.All(calls, call => Assert.Equal(grant, call.Grant));
        Assert.All(calls, call => Assert.Equal(["type", "timestamp", "data"], call.Body.Select(part => part.Key)));
        Assert.All(calls, call => Assert.Equal(["customer_id", "grant_id", "version"], call.Body["data"]!.AsObject().Select(part => part.Key)));
        Assert.Equal(3, calls.Select(call => call.Id).Distinct().Count());
        Assert.DoesNotContain(Person, $"{calls[0].Body}", StringComparison.Ordinal);

        // Pairwise: globex, which is told of its own grant alone, knows the same person under another id.
        var other = await _receiver.Next("globex");
        Assert.Equal("consent.given", other.Type);
        Assert.NotEqual(calls[0].Customer, other.Customer);
        Assert.False(_receiver.HasMore() || _receiver.HasMore("globex"));
    }

    [Fact]
    public async Task Pause_AndItsEnd_ToldAsEndAndAsGiven()
    {
        const string Person = "paused@example.org";
        await _client.MakeCustomer(Person, "acme");
        await _client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = "p" }, _client.AsCustomer(Person));
        await _client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = "r" }, _client.AsCustomer(Person));

        Assert.Equal(["consent.given", "consent.ended", "consent.given"], [(await _receiver.Next()).Type, (await _receiver.Next()).Type, (await _receiver.Next()).Type]);
    }

    [Theory]
    [InlineData(StatusCodes.Status500InternalServerError)]
    [InlineData(StatusCodes.Status404NotFound)]
    [InlineData(StatusCodes.Status302Found)]
    public async Task Receiver_ThatRefuses_ToldAgainUnderTheSameIdAndNothingElseMeanwhile(int status)
    {
        var person = $"refused-{status}@example.org";
        _receiver.Status = status;
        var grant = (await _client.MakeCustomer(person, "acme"))[0];
        await _client.Consents.RevokeGrantAsync(Requests.Revoke(grant), _client.AsCustomer(person));
        Call[] refused = [await _receiver.Next(), await _receiver.Next()];
        Assert.All(refused, call => Assert.Equal(("consent.given", refused[0].Id), (call.Type, call.Id)));

        _receiver.Status = StatusCodes.Status204NoContent;
        var taken = await _receiver.Next();
        while (taken.Type == "consent.given")
        {
            Assert.Equal(refused[0].Id, taken.Id);
            taken = await _receiver.Next();
        }

        Assert.Equal("consent.ended", taken.Type);
        Assert.Equal(0, _receiver.Elsewhere);
    }

    /// <summary>410 says that the receiver is no more.</summary>
    [Fact]
    public async Task Receiver_ThatIsGone_CalledNoMore()
    {
        _receiver.Status = StatusCodes.Status410Gone;
        await _client.MakeCustomer("gone@example.org", "acme");
        await _receiver.Next();
        _receiver.Status = StatusCodes.Status204NoContent;
        await _client.MakeCustomer("later@example.org", "acme", "globex");

        Assert.Equal("consent.given", (await _receiver.Next("globex")).Type);
        Assert.False(_receiver.HasMore());
    }

    /// <summary>Consent, looks and other companies do not wait for a receiver that does not answer.</summary>
    [Fact]
    public async Task Receiver_ThatDoesNotAnswer_HoldsUpNobody()
    {
        const string Person = "slow@example.org";
        var answers = new TaskCompletionSource();
        _receiver.Answers = answers.Task;
        var begun = Stopwatch.GetTimestamp();
        await _client.MakeCustomer(Person, "acme");
        await _receiver.Next();
        for (var look = 0; look < 20; look++)
        {
            await _client.Contexts.GetContextAsync(Requests.Lookup(Person), _client.AsAgent());
        }

        await _client.MakeCustomer("other@example.org", "globex");
        await _receiver.Next("globex");
        Assert.True(Stopwatch.GetElapsedTime(begun) < Domain.Limits.News.SendTimeout);

        // An erasure tries once, and does not wait for longer than one answer may take.
        await Patience.Try(() => _client.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, _client.AsCustomer(Person, TimeSpan.FromMinutes(1))).ResponseAsync);
        answers.SetResult();
    }

    [Fact]
    public async Task Erasure_Done_ToldAsAnEnd()
    {
        const string Person = "erased@example.org";
        var grant = (await _client.MakeCustomer(Person, "acme"))[0];
        Assert.Equal("consent.given", (await _receiver.Next()).Type);

        await Patience.Try(() => _client.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, _client.AsCustomer(Person, TimeSpan.FromMinutes(1))).ResponseAsync);

        var end = await _receiver.Next();
        Assert.Equal(("consent.ended", grant), (end.Type, end.Grant));
    }

    /// <summary>Whatever was answered is told after a <c>kill -9</c>, once its customer is asked about anything; what is told twice has the same id. CC_WEBHOOK_KILLS times.</summary>
    [Fact]
    public async Task Kill_BetweenChangeAndDelivery_NothingLostAndOrderKept()
    {
        for (var kill = 0; kill < _kills; kill++)
        {
            var person = $"kill-{kill}@example.org";
            _receiver.Status = StatusCodes.Status503ServiceUnavailable;
            var grant = (await _client.MakeCustomer(person, "acme"))[0];
            if (kill % 2 == 0)
            {
                await _client.Consents.RevokeGrantAsync(Requests.Revoke(grant), _client.AsCustomer(person));
            }

            var before = await _receiver.Next();
            await _silo.Kill();
            _client.Dispose();
            await _silo.DisposeAsync();
            while (_receiver.HasMore())
            {
                await _receiver.Next();
            }

            _receiver.Status = StatusCodes.Status204NoContent;
            await Start();
            await Patience.Try(() => _client.Consents.GetPreferencesAsync(new GetPreferencesRequest(), _client.AsCustomer(person)).ResponseAsync);

            var after = await _receiver.Next();
            Assert.Equal((before.Id, "consent.given", grant), (after.Id, after.Type, after.Grant));
            if (kill % 2 == 0)
            {
                Assert.Equal("consent.ended", (await _receiver.Next()).Type);
            }

            Assert.False(_receiver.HasMore());
        }
    }

    /// <summary>The example of the docs: the npm package standardwebhooks, unmodified, verifies the signature. Needs <c>npm --prefix tests/clients install</c>.</summary>
    [Fact]
    public async Task Example_Receiver_VerifiesAndPrintsWhatBecameOfTheGrant()
    {
        var port = FreePort.NextText();
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "examples/webhooks.mjs")])
        {
            RedirectStandardOutput = true,
            Environment = { ["SECRET"] = Receiver.Secret, ["PORT"] = port, ["MODULES"] = Path.Combine(Repository.Root, "tests/clients/package.json") },
        };
        using var example = Process.Start(start)!;
        try
        {
            Assert.Equal("listening", await example.StandardOutput.ReadLineAsync());
            await WriteTenants($"http://127.0.0.1:{port}/");
            await _silo.Writes("The file of tenants has changed");
            var grant = (await _client.MakeCustomer("example@example.org", "acme"))[0];

            var line = await example.StandardOutput.ReadLineAsync();
            Assert.Matches($"^consent.given [0-9a-f]{{32}} {grant} 1$", line);
        }
        finally
        {
            example.Kill();
        }
    }

    private static UpdateGrantRequest Narrower(string grant) => new()
    {
        RequestId = Requests.NewId(),
        GrantId = grant,
        Terms = new GrantTerms { Facets = { Facet.Sentiment } },
        UpdateMask = new Google.Protobuf.WellKnownTypes.FieldMask { Paths = { "facets" } },
    };

    private async Task Start()
    {
        await WriteTenants(_receiver.UrlOf("acme"));
        _silo = await SiloProcess.Start(_data.Path, "--tenants", _settings.File("tenants.json"));
        _client = new SiloClient(_silo);
    }

    private Task WriteTenants(string acme) => File.WriteAllTextAsync(_settings.File("tenants.json"), $$"""
        { "CustomerContext": { "Customers": { "Other": 100000 }, "Tenants": [
          { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Webhook": { "Url": "{{acme}}", "Secrets": [ "{{Receiver.Secret}}" ] }, "Person": { "Looks": 100000 } },
          { "Id": "globex", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Webhook": { "Url": "{{_receiver.UrlOf("globex")}}", "Secrets": [ "{{Receiver.Secret}}" ] } } ] } }
        """);
}
