using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Microsoft.AspNetCore.Http;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>Companies hear what became of their grants: each thing, in the customer's order, and nothing else, whatever becomes of receiver and silo.</summary>
public sealed class WebhookTests(WebhookSilo running) : IClassFixture<WebhookSilo>
{
    private static readonly int _kills = Trials.Count("CC_WEBHOOK_KILLS", 1);

    [Fact]
    public async Task Grant_GivenNarrowedAndRevoked_ToldWithoutContextInOrder()
    {
        const string Person = "told@example.org";
        var grant = (await running.Client.MakeCustomer(Person, "acme", "globex"))[0];
        await running.Client.Consents.UpdateGrantAsync(Narrower(grant), running.Client.AsCustomer(Person));
        await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), running.Client.AsCustomer(Person));

        Call[] calls = [await running.Receiver.Next(), await running.Receiver.Next(), await running.Receiver.Next()];

        Assert.Equal([("consent.given", 1), ("consent.narrowed", 2), ("consent.ended", 2)], calls.Select(call => (call.Type, call.Version)));
        Assert.All(calls, call => Assert.Equal(grant, call.Grant));
        Assert.All(calls, call => Assert.Equal(["type", "timestamp", "data"], call.Body.Select(part => part.Key)));
        Assert.All(calls, call => Assert.Equal(["customer_id", "grant_id", "version"], call.Body["data"]!.AsObject().Select(part => part.Key)));
        Assert.All(calls, call => Assert.Matches("^[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}Z$", $"{call.Body["timestamp"]}"));
        Assert.Equal(3, calls.Select(call => call.Id).Distinct().Count());
        Assert.DoesNotContain(Person, $"{calls[0].Body}", StringComparison.Ordinal);

        // Pairwise: globex, which is told of its own grant alone, knows the same person under another id.
        var other = await running.Receiver.Next("globex");
        Assert.Equal("consent.given", other.Type);
        Assert.NotEqual(calls[0].Customer, other.Customer);
        Assert.False(running.Receiver.HasMore() || running.Receiver.HasMore("globex"));
    }

    [Fact]
    public async Task Pause_AndItsEnd_ToldAsEndAndAsGiven()
    {
        const string Person = "paused@example.org";
        await running.Client.MakeCustomer(Person, "acme");
        await running.Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = "p" }, running.Client.AsCustomer(Person));
        await running.Client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = "r" }, running.Client.AsCustomer(Person));

        Assert.Equal(["consent.given", "consent.ended", "consent.given"], [(await running.Receiver.Next()).Type, (await running.Receiver.Next()).Type, (await running.Receiver.Next()).Type]);
    }

    [Theory]
    [InlineData("failing", StatusCodes.Status500InternalServerError)]
    [InlineData("missing", StatusCodes.Status404NotFound)]
    [InlineData("moved", StatusCodes.Status302Found)]
    public async Task Receiver_ThatRefuses_ToldAgainUnderTheSameIdAndNothingElseMeanwhile(string tenant, int status)
    {
        var person = $"{tenant}@example.org";
        running.Receiver.Answers[tenant] = Task.FromResult(status);
        var grant = (await running.Client.MakeCustomer(person, tenant))[0];
        await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), running.Client.AsCustomer(person));
        Call[] refused = [await running.Receiver.Next(tenant), await running.Receiver.Next(tenant)];
        Assert.All(refused, call => Assert.Equal(("consent.given", refused[0].Id), (call.Type, call.Id)));

        running.Receiver.Answers.TryRemove(tenant, out _);
        var taken = await running.Receiver.Next(tenant);
        while (taken.Type == "consent.given")
        {
            Assert.Equal(refused[0].Id, taken.Id);
            taken = await running.Receiver.Next(tenant);
        }

        Assert.Equal("consent.ended", taken.Type);
        Assert.Equal(0, running.Receiver.Elsewhere);
    }

    /// <summary>410 says that the receiver is no more.</summary>
    [Fact]
    public async Task Receiver_ThatIsGone_CalledNoMore()
    {
        running.Receiver.Answers["gone"] = Task.FromResult(StatusCodes.Status410Gone);
        await running.Client.MakeCustomer("gone@example.org", "gone");
        await running.Receiver.Next("gone");
        running.Receiver.Answers.TryRemove("gone", out _);
        await running.Client.MakeCustomer("later@example.org", "gone", "globex");

        Assert.Equal("consent.given", (await running.Receiver.Next("globex")).Type);
        Assert.False(running.Receiver.HasMore("gone"));
    }

    /// <summary>Consent, looks and other companies do not wait for a receiver that does not answer.</summary>
    [Fact]
    public async Task Receiver_ThatDoesNotAnswer_HoldsUpNobody()
    {
        const string Person = "slow@example.org";
        var answer = new TaskCompletionSource<int>();
        running.Receiver.Answers["slow"] = answer.Task;
        await running.Client.MakeCustomer(Person, "slow", "acme");
        var waiting = await running.Receiver.Next("slow");
        Assert.Equal("consent.given", (await running.Receiver.Next()).Type);
        await running.Client.Contexts.GetContextAsync(Requests.Lookup(Person), running.Client.AsAgent());
        await running.Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = "p" }, running.Client.AsCustomer(Person));
        Assert.Equal("consent.ended", (await running.Receiver.Next()).Type);

        running.Receiver.Answers.TryRemove("slow", out _);
        answer.SetResult(StatusCodes.Status204NoContent);
        var next = await running.Receiver.Next("slow");
        while (next.Id == waiting.Id)
        {
            next = await running.Receiver.Next("slow");
        }

        Assert.Equal("consent.ended", next.Type);
    }

    [Fact]
    public async Task Erasure_Done_ToldAsAnEnd()
    {
        const string Person = "erased@example.org";
        var grant = (await running.Client.MakeCustomer(Person, "acme"))[0];
        Assert.Equal("consent.given", (await running.Receiver.Next()).Type);

        await Patience.Try(() => running.Client.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, running.Client.AsCustomer(Person, TimeSpan.FromMinutes(1))).ResponseAsync);

        var end = await running.Receiver.Next();
        Assert.Equal(("consent.ended", grant), (end.Type, end.Grant));
    }

    /// <summary>Whatever was answered is told after a <c>kill -9</c>, once its customer is asked about anything; what is told twice has the same id. CC_WEBHOOK_KILLS times.</summary>
    [Fact]
    public async Task Kill_BetweenChangeAndDelivery_NothingLostAndOrderKept()
    {
        await using var own = new WebhookSilo();
        await own.InitializeAsync();
        for (var kill = 0; kill < _kills; kill++)
        {
            var person = $"kill-{kill}@example.org";
            own.Receiver.Answers["acme"] = Task.FromResult(StatusCodes.Status503ServiceUnavailable);
            var grant = (await own.Client.MakeCustomer(person, "acme"))[0];
            if (kill % 2 == 0)
            {
                await own.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), own.Client.AsCustomer(person));
            }

            var before = await own.Receiver.Next();
            await own.Stop();
            while (own.Receiver.HasMore())
            {
                await own.Receiver.Next();
            }

            own.Receiver.Answers.TryRemove("acme", out _);
            await own.Start();
            await Patience.Try(() => own.Client.Consents.GetPreferencesAsync(new GetPreferencesRequest(), own.Client.AsCustomer(person)).ResponseAsync);

            var after = await own.Receiver.Next();
            Assert.Equal((before.Id, "consent.given", grant), (after.Id, after.Type, after.Grant));
            if (kill % 2 == 0)
            {
                Assert.Equal("consent.ended", (await own.Receiver.Next()).Type);
            }

            Assert.False(own.Receiver.HasMore());
        }
    }

    /// <summary>The example of the docs: the npm package standardwebhooks, unmodified, verifies the signature. Needs <c>npm --prefix tests/clients install</c>.</summary>
    [Fact]
    public async Task Example_Receiver_VerifiesAndPrintsWhatBecameOfTheGrant()
    {
        var start = new ProcessStartInfo("node", [Path.Combine(Repository.Root, "examples/webhooks.mjs")])
        {
            RedirectStandardOutput = true,
            Environment = { ["SECRET"] = Receiver.Secret, ["PORT"] = running.ExamplePort, ["MODULES"] = Path.Combine(Repository.Root, "tests/clients/package.json") },
        };
        using var example = Process.Start(start)!;
        try
        {
            Assert.Equal("listening", await example.StandardOutput.ReadLineAsync());
            var grant = (await running.Client.MakeCustomer("example@example.org", "example"))[0];

            Assert.Matches($"^consent.given [0-9a-f]{{32}} {grant} 1$", await example.StandardOutput.ReadLineAsync());
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
}
