using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using CustomerContext.Faults.Tests.Clients;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>The files of <c>docs/import.md</c>, by the command line. CC_IMPORT cases, and ten times as many events; CC_IMPORT_KILLS kills.</summary>
public sealed partial class ExampleTests
{
    private const string SecretKey = "demo-acme-crm-secret-key";

    /// <summary>Each person has at most twenty cases in the long form.</summary>
    private const int CasesEach = 20;

    private static readonly int _cases = Trials.Count("CC_IMPORT", 100);

    private static readonly int _kills = Trials.Count("CC_IMPORT_KILLS", 1);

    private static readonly string _ctx = Repository.Built("clients/CustomerContext.Cli", "ctx.dll");

    private readonly TempFolder _files = new();

    [Fact]
    public async Task Imports_OfTheExamples_KnownAfterwardsAndOnceOnly()
    {
        string[] people = ["customer1@example.org", "customer2@example.org"];
        foreach (var person in people)
        {
            await running.Client.MakeCustomer(person, "acme");
        }

        await ImportExamples();
        var (first, second) = (await Own(people[0]), await Own(people[1]));
        Assert.Equal(["00001026", "35436"], first.Conversations.Latest.Select(one => one.ConversationId).Order(StringComparer.Ordinal));
        Assert.Equal(["00001027", "35437"], second.Conversations.Latest.Select(one => one.ConversationId).Order(StringComparer.Ordinal));
        Assert.Equal(("x-lifecycle", "customer"), (Assert.Single(first.Situation.OtherTraits).Name, first.Situation.OtherTraits[0].Value));
        Assert.Equal("gold", second.Situation.SupportTier.Value);
        Assert.Contains(first.TopOfMind.Topics, topic => topic.Name == "camera");
        var learnt = await Task.WhenAll(people.Select(Learnt));

        await ImportExamples();
        Assert.Equal(learnt, await Task.WhenAll(people.Select(Learnt)));
    }

    [Fact]
    public async Task Imports_OfManyCasesAndEvents_LookedUpAfter()
    {
        string[] people = [.. Enumerable.Range(0, Math.Max(_cases / CasesEach, 4)).Select(number => $"imported{number}@example.org")];
        await Parallel.ForEachAsync(people, async (person, _) => await running.Client.MakeCustomer(person, "acme"));
        var (cases, events) = (await WriteCases("", people, _cases), await WriteEvents(people));

        var started = Stopwatch.GetTimestamp();
        var taken = await Import(cases, "--map", "examples/import/salesforce-cases.yaml", "--tenant", "acme");
        output.WriteLine($"{_cases:N0} cases: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        Assert.Equal((2 * _cases, 0), (taken.GetProperty("accepted").GetInt32(), taken.GetProperty("duplicate").GetInt32()));

        started = Stopwatch.GetTimestamp();
        taken = await Import(events, "--segment");
        output.WriteLine($"{10 * _cases:N0} events: {Stopwatch.GetElapsedTime(started).TotalSeconds:0.0} s");
        Assert.Equal(10 * _cases, taken.GetProperty("accepted").GetInt32());

        foreach (var (person, number) in people.Select((person, number) => (person, number)))
        {
            var known = await Own(person);
            string[] latest = [.. Enumerable.Range(0, _cases).Where(one => one % people.Length == number).TakeLast(5).Select(one => $"{one}")];
            Assert.Equal(latest.Order(StringComparer.Ordinal), known.Conversations.Latest.Select(one => one.ConversationId).Order(StringComparer.Ordinal));
            Assert.Contains(known.TopOfMind.Topics, topic => topic.Name == "camera");
        }
    }

    /// <summary>All of one customer, and several times as many signals as are remembered of them: one that is overtaken by many is lost.</summary>
    [Fact]
    public async Task Import_KilledOnItsWay_NothingLostAndNothingTwice()
    {
        const int Cases = 1_000;
        foreach (var trial in Enumerable.Range(0, _kills))
        {
            var person = $"killed{trial}@example.org";
            await running.Client.MakeCustomer(person, "acme");
            var cases = await WriteCases($"killed{trial}-", [person], Cases);
            string[] how = ["--map", "examples/import/salesforce-cases.yaml", "--tenant", "acme"];

            await KillAsItKeepsItsPlace(cases, how);
            Assert.True(File.Exists(cases + ".progress"), "it had ended before it was killed");
            await Import(cases, how);

            Assert.Equal(2 * Cases, await Learnt(person));
        }
    }

    [Fact]
    public async Task Import_OfWhatACustomerTookOut_SaidAgainAndTheRestNamed()
    {
        const string Before = "moved-from@example.org";
        const string After = "moved-to@example.org";
        await Collect(Before, "acme", "customer");
        await running.Client.Signals.PublishSignalsAsync(
            Requests.Publish(
                Said("t", signal => signal.Trait = new TraitSignal { Name = "wanted_outcome", Value = "refund" }),
                Said("s", signal => signal.Survey = new SurveySignal { Question = "csat", Answer = 2, ScaleMinimum = 1, ScaleMaximum = 5 }),
                Said("m", signal => signal.Membership = new MembershipSignal { TribeId = "e-bikers", Change = MembershipChange.Joined }),
                Said("c", signal => signal.Correction = new CorrectionSignal { Topic = new TopicCorrection { Topic = "billing" } }),
                Said("f", signal => signal.Relationship = new RelationshipSignal
                {
                    Other = new SubjectIdentifier { Email = RunningSilo.Email },
                    Kind = RelationshipKind.Friend,
                    Change = RelationshipChange.Began,
                })),
            running.Client.AsCustomer(Before));
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(Before, "kept-there", 1)), running.Client.AsAgent());
        var file = _files.File("everything.json");
        await Ctx("export", "--as", Before, "--out", file);
        Assert.Contains("nothing of it would be kept", await Tool.RunTo(2, "dotnet", [_ctx, "import", file, "--export", "--as", After], Surroundings), StringComparison.Ordinal);
        await Collect(After, "customer");

        var taken = await Import(file, "--export", "--as", After);
        var again = await Import(file, "--export", "--as", After);

        Assert.Equal((4, 4), (taken.GetProperty("accepted").GetInt32(), again.GetProperty("signals").GetInt32()));
        var skipped = taken.GetProperty("skipped");
        Assert.Equal((1, 1), (skipped.GetProperty("NAMES_NOBODY").GetInt32(), skipped.GetProperty("OF_A_COMPANY").GetInt32()));
        Assert.True(skipped.GetProperty("OLD_RECORD").GetInt32() > 0);
        var (old, moved) = (await Own(Before), await Own(After));
        Assert.Equal("refund", moved.Situation.WantedOutcome.Value);
        Assert.Equal(old.Sentiment.Override, moved.Sentiment.Override);
        Assert.NotNull(moved.Sentiment.Override);
        Assert.Equal("e-bikers", Assert.Single(moved.Tribes.Joined).Tribe.TribeId);
        Assert.Empty(moved.Conversations.Latest);
    }

    public void Dispose() => _files.Dispose();

    private async Task ImportExamples()
    {
        foreach (var name in (string[])["salesforce-cases", "zendesk-tickets", "hubspot-contacts"])
        {
            await Import(await OfThisMonth($"{name}.csv"), "--map", $"examples/import/{name}.yaml", "--tenant", "acme");
        }

        await Import(await OfThisMonth("segment.jsonl"), "--segment");
    }

    /// <summary>An example as if it had been exported today: what is long past is not on anybody's mind.</summary>
    private async Task<string> OfThisMonth(string name)
    {
        var today = TimeProvider.System.GetUtcNow().Date;
        var text = await File.ReadAllTextAsync(Path.Combine(Repository.Root, "examples/import", name));
        var file = _files.File(name);
        await File.WriteAllTextAsync(file, Written().Replace(text, day => $"{today.AddDays(int.Parse(day.Groups[1].Value, CultureInfo.InvariantCulture) - 30):yyyy-MM-dd}"));
        return file;
    }

    /// <summary>How much was ever learnt of somebody: what counts twice makes it more.</summary>
    private async Task<long> Learnt(string person)
    {
        using var document = new MemoryStream();
        using var call = running.Client.Consents.ExportCustomer(new ExportCustomerRequest(), running.Client.AsCustomer(person));
        while (await call.ResponseStream.MoveNext(CancellationToken.None))
        {
            call.ResponseStream.Current.Piece.WriteTo(document);
        }

        using var export = JsonDocument.Parse(document.ToArray());
        return export.RootElement.GetProperty("context").GetProperty("taken").GetInt64();
    }

    private async Task<JsonElement> Import(string file, params string[] how)
    {
        var printed = await Ctx(["import", file, "--json", .. how]);
        return JsonDocument.Parse(printed).RootElement;
    }

    private async Task KillAsItKeepsItsPlace(string file, string[] how)
    {
        var kept = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var watcher = new FileSystemWatcher(_files.Path, "*.progress");
        watcher.Renamed += (_, _) => kept.TrySetResult();
        watcher.EnableRaisingEvents = true;
        var start = new ProcessStartInfo("dotnet", [_ctx, "import", file, "--json", .. how]) { RedirectStandardOutput = true, WorkingDirectory = Repository.Root };
        foreach (var (name, value) in Surroundings)
        {
            start.Environment[name] = value;
        }

        using var process = Process.Start(start)!;
        await kept.Task.WaitAsync(TimeSpan.FromMinutes(2));
        process.Kill();
        await process.WaitForExitAsync();
    }

    private Task<string> Ctx(params string[] words) => Tool.Run("dotnet", [_ctx, .. words], Surroundings);

    private (string Name, string Value)[] Surroundings =>
    [
        ("CTX_DATA", running.Silo.DataFolder), ("CTX_ADDRESS", running.Silo.Grpc.ToString()), ("CTX_HTTP", running.Silo.Http.ToString()), ("CTX_WRITE_KEY", SecretKey),
    ];

    private async Task Collect(string person, params string[] sources) =>
        await running.Client.Consents.SetPreferencesAsync(Requests.Preferences(sources), running.Client.AsCustomer(person));

    private static Signal Said(string id, Action<Signal> fill)
    {
        var signal = new Signal { Id = id, OccurredTime = TimeProvider.System.GetUtcNow().ToTimestamp() };
        fill(signal);
        return signal;
    }

    /// <summary>Cases of the last ten days, the oldest first, each closed an hour later.</summary>
    private async Task<string> WriteCases(string prefix, string[] people, int count)
    {
        var file = _files.File($"{prefix}cases.csv");
        await using var text = File.CreateText(file);
        await text.WriteLineAsync("CaseNumber,ContactEmail,Origin,Type,Reason,Description,CreatedDate,ClosedDate");
        foreach (var number in Enumerable.Range(0, count))
        {
            var created = At(number, count);
            await text.WriteLineAsync(string.Create(
                CultureInfo.InvariantCulture,
                $"{prefix}{number},{people[number % people.Length]},Phone,router,,\"It is broken again,\nand I wait for an answer.\",{created:O},{created.AddHours(1):O}"));
        }

        return file;
    }

    private async Task<string> WriteEvents(string[] people)
    {
        var file = _files.File("events.jsonl");
        await using var text = File.CreateText(file);
        foreach (var number in Enumerable.Range(0, 10 * _cases))
        {
            await text.WriteLineAsync(JsonSerializer.Serialize(new
            {
                type = "page",
                messageId = $"event-{number}",
                userId = people[number % people.Length],
                timestamp = At(number, 10 * _cases),
                properties = new { url = $"https://shop.example.org/{number % 50}", category = "camera" },
            }));
        }

        return file;
    }

    private static DateTime At(int number, int of) => TimeProvider.System.GetUtcNow().UtcDateTime - TimeSpan.FromDays(10) + (TimeSpan.FromDays(9) * ((double)number / of));

    [GeneratedRegex(@"2026-11-(\d\d)")]
    private static partial Regex Written();
}
