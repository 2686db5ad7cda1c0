using System.Text.Json;
using CustomerContext.Domain.Access;
using CustomerContext.Domain.Groups;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Tests.Attention;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Hosting;

/// <summary>What an operator sees: the dashboard that is shipped, and the page about metrics, against <c>/metrics</c> of a silo on which everything was done once.</summary>
public sealed class DashboardTests : IAsyncLifetime, IDisposable
{
    private const string Email = "dashboard@personal.example.org";
    private const string Stranger = "stranger@personal.example.org";

    /// <summary>Added by whoever collects the metrics.</summary>
    private static readonly string[] _collectors = ["instance", "job", "up"];

    private readonly TempFolder _settings = new();
    private SiloOnFakeTime _silo = null!;
    private Scrape _scrape = null!;

    public async Task InitializeAsync()
    {
        // Room for ten looks of an agent on a clock that stands still.
        var tenants = _settings.File("tenants.json");
        await File.WriteAllTextAsync(
            tenants,
            """{ "CustomerContext": { "Tenants": [ { "Id": "acme", "Sources": [ "crm" ], "Purposes": [ "service.support" ], "Person": { "Looks": 1, "Signals": 20, "Other": 5 } } ] } }""");
        _silo = await SiloOnFakeTime.Start("--tenants", tenants);
        await UseEverything();
        using var http = new HttpClient();
        _scrape = new Scrape(await http.GetStringAsync(new Uri(_silo.Http, "/metrics")));
    }

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _settings.Dispose();

    [Fact]
    public void Dashboard_AfterEverythingWasDoneOnce_FindsEachMetricAndLabelThatItNames()
    {
        var queries = Queries().ToArray();
        Assert.NotEmpty(queries);
        var missing = queries.SelectMany(query => query.Metrics.SelectMany(metric => Missing(query, metric))).ToArray();
        Assert.True(missing.Length == 0, $"{string.Join('\n', missing)}\n\n{_scrape.Text}");
    }

    [Fact]
    public void Alerts_AfterEverythingWasDoneOnce_FindEachMetricAndLabelThatTheyName()
    {
        const string before = "expr: ";
        var queries = File.ReadLines(Path.Combine(Repository.Root, "deploy", "alerts", "customercontext.yaml")).Select(line => line.Trim())
            .Where(line => line.StartsWith(before, StringComparison.Ordinal)).Select(line => new PromQuery(line[before.Length..])).ToArray();
        Assert.Equal(6, queries.Length);
        Assert.Empty(queries.SelectMany(query => query.Metrics.Except(_collectors).SelectMany(metric => Missing(query, metric))));
    }

    [Fact]
    public async Task Docs_OfEachMetricOfOurOwn_SayWhatItIs()
    {
        var docs = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "docs", "metrics.md"));
        var own = _scrape.Text.Split('\n').Where(line => line.StartsWith("# TYPE customercontext_", StringComparison.Ordinal)).Select(line => line.Split(' ')[2]).ToArray();
        Assert.NotEmpty(own);
        Assert.DoesNotContain(own, name => !docs.Contains($"`{name}`", StringComparison.Ordinal));
    }

    [Fact]
    public void Metrics_AfterEverythingWasDoneOnce_NameNobody()
    {
        Assert.Contains("customercontext_look_duration_seconds_count", _scrape.Text, StringComparison.Ordinal);
        Assert.All(
            new[] { "personal.example.org", "agent-7", "call-1", "phone", "delivery" }, text => Assert.DoesNotContain(text, _scrape.Text, StringComparison.Ordinal));
    }

    private IEnumerable<string> Missing(PromQuery query, string metric)
    {
        var series = _scrape.Series[metric].ToArray();
        return series.Length == 0
            ? [$"{metric}, in {query.Text}"]
            : query.Labels.Except(_collectors).Where(label => !series.Any(labels => labels.Contains(label))).Select(label => $"{metric} has no {label}, in {query.Text}");
    }

    private static IEnumerable<PromQuery> Queries()
    {
        using var dashboard = JsonDocument.Parse(File.ReadAllText(Path.Combine(Repository.Root, "deploy", "grafana", "customercontext.json")));
        return
        [
            .. dashboard.RootElement.GetProperty("panels").EnumerateArray()
                .Where(panel => panel.TryGetProperty("targets", out _))
                .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
                .Select(target => new PromQuery(target.GetProperty("expr").GetString()!)),
        ];
    }

    private async Task UseEverything()
    {
        var grant = await _silo.MakeCustomer(Email);
        var now = _silo.Time.GetUtcNow();
        await _silo.Turn(Email, ConversationState.Opened, now);
        Assert.True(await _silo.Sees(Email));
        Assert.False(await _silo.Sees(Stranger));
        using (var watch = _silo.Watch(Email))
        {
            await Next(watch);
            await _silo.Turn(Email, ConversationState.Replied, now + TimeSpan.FromMilliseconds(1));
            await Next(watch);
            await _silo.Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = "r", GrantId = grant.GrantId }, _silo.As(Email));
            Assert.NotNull((await Next(watch)).Ended);
        }

        await _silo.Work.ListWorkAsync(new ListWorkRequest { Purpose = SiloOnFakeTime.Purpose }, _silo.AsActor("ada"));
        await UseUpTheRate();
        await _silo.WithNoRoom(LoadKind.Call, async () =>
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => _silo.Contexts.GetContextAsync(new GetContextRequest(), _silo.AsActor("ada")).ResponseAsync);
            Assert.Equal(StatusCode.ResourceExhausted, refused.StatusCode);
        });
        await Release();
    }

    /// <summary>Until a look is refused for being too many.</summary>
    private async Task UseUpTheRate()
    {
        var request = new GetContextRequest { Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-1" };
        for (var look = 0; look < 20; look++)
        {
            var refused = await Assert.ThrowsAsync<RpcException>(() => _silo.Contexts.GetContextAsync(request, _silo.AsAgent).ResponseAsync);
            if (refused.StatusCode == StatusCode.ResourceExhausted)
            {
                return;
            }
        }

        Assert.Fail("No look was too many.");
    }

    /// <summary>A tribe without members releases like any other.</summary>
    private async Task Release()
    {
        var tribe = _silo.Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(GroupId.Tribe("e-bikers", new Audience(SiloOnFakeTime.Purpose))));
        await tribe.Place(null);
        await tribe.Finish(1);
    }

    private static async Task<WatchContextResponse> Next(AsyncServerStreamingCall<WatchContextResponse> watch)
    {
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        return watch.ResponseStream.Current;
    }
}
