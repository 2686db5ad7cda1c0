using System.Text;
using System.Text.Json;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary>CSV exports of a CRM, by a map.</summary>
public sealed class ImportCommandTests
{
    private const string Map = """
        name: cases
        source: crm
        id: Number
        subject:
          email: Email
        signals:
          opened:
            time: Created
            conversation:
              id: Number
              channel: { column: Origin, values: { Phone: phone, Web: web } }
              state: opened
              text: Text
              topics: [Type]
          rated:
            time: Closed
            survey:
              question: csat
              answer: { column: Rating, values: { Good: 5, Bad: 1 }, else: "" }
              lowest: 1
              highest: 5
          tier:
            time: Created
            trait:
              name: support_tier
              value: Tier
        """;

    private const string Header = "Number,Email,Created,Closed,Origin,Type,Text,Rating,Tier";
    private const string Row = "7,a@b.example,2026-02-01T10:00:00Z,2026-02-02T11:00:00+01:00,Phone,router,\"It is, again,\nbroken\",Bad,gold";

    public static TheoryData<string, string> Maps => new()
    {
        { "source: crm", "sauce: crm" },
        { "source: crm", "source: crm\nextra: 1" },
        { "state: opened", "state: gone" },
        { "state: opened", "" },
        { "email: Email", "email: Email\n  phone: Email" },
        { "lowest: 1", "lowest: 9" },
        { "name: cases", "name: ca/ses" },
        { "topics: [Type]", "topics: Type" },
        { "value: Tier", "value: { column: Tier }" },
        { "else: \"\"", "els: \"\"" },
        { "{ column: Origin,", "{ always: phone," },
        { "text: Text", "text: Text\n      role: agent" },
        { "question: csat", "question: csat\n      question: nps" },
        { "subject:", "times: { zone: Nowhere/Town }\nsubject:" },
    };

    public static TheoryData<string, string, string> Rows => new()
    {
        { "7,", ",", "INVALID_ARGUMENT, Number must be" },
        { "a@b.example", "ab.example", "INVALID_ARGUMENT, Email must be" },
        { "2026-02-01T10:00:00Z", "02/01/2026", "INVALID_ARGUMENT, Created must be" },
        { "2026-02-01T10:00:00Z", "2026-02-01 10:00", "INVALID_ARGUMENT, Created names no time zone" },
        { "2026-02-01T10:00:00Z", "2999-02-01T10:00:00Z", "INVALID_ARGUMENT, Created must not lie ahead" },
        { "Phone", "Secret", "UNKNOWN_VALUE, Origin holds" },
        { ",Bad,gold", ",Bad," + new string('g', 65), "INVALID_ARGUMENT, Tier must be 1 to 64" },
        { ",Bad,gold", ",Bad", "MALFORMED_LINE, has not as many fields" },
    };

    [Fact]
    public async Task Import_ARow_EachThingThatItSaysUnderAnIdOfTheFile()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("in.csv", Header, Row), "--map", ctx.Write("map.yaml", Map), "--tenant", "acme"));

        var signals = Assert.Single(server.Script.Received<PublishSignalsRequest>()).Signals;
        var (turn, answer, trait) = (signals[0], signals[1], signals[2]);
        Assert.Equal(["cases/7/opened/1769940000", "cases/7/rated/1770026400", "cases/7/tier/1769940000"], signals.Select(signal => signal.Id));
        Assert.All(signals, signal => Assert.Equal(("crm", "a@b.example"), (signal.Source, signal.Subject.Email)));
        Assert.Equal(
            new ConversationSignal
            {
                ConversationId = "7",
                Channel = "phone",
                Role = ParticipantRole.Customer,
                State = ConversationState.Opened,
                Topics = { "router" },
                Text = "It is, again,\nbroken",
            },
            turn.Conversation);
        Assert.Equal((1, 1, 5, "csat"), (answer.Survey.Answer, answer.Survey.ScaleMinimum, answer.Survey.ScaleMaximum, answer.Survey.Question));
        Assert.Equal(("support_tier", "gold"), (trait.Trait.Name, trait.Trait.Value));
    }

    [Fact]
    public async Task Import_EmptyCells_NotSaid()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        string[] rows = [Header, "7,a@b.example,2026-02-01T10:00:00Z,,Web,,,,", "8,,2026-02-01T10:00:00Z,,Web,,,,gold", "9,a@b.example,,,,,,Good,gold", "10,a@b.example,,2026-02-01T10:00:00Z,,,,Offered,"];

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("in.csv", rows), "--map", ctx.Write("map.yaml", Map), "--tenant", "acme", "--json"));

        var signal = Assert.Single(Assert.Single(server.Script.Received<PublishSignalsRequest>()).Signals);
        Assert.Equal(ConversationSignal.ContentOneofCase.None, signal.Conversation.ContentCase);
        using var summary = JsonDocument.Parse(ctx.Output);
        var skipped = summary.RootElement.GetProperty("skipped");
        Assert.Equal((1, 2), (skipped.GetProperty("NO_SUBJECT").GetInt32(), skipped.GetProperty("NOTHING_SAID").GetInt32()));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task DryRun_OneCellWrong_ToldByLineAndRuleWithoutTheValue(string right, string wrong, string told)
    {
        using var ctx = new CtxRun(null);
        var bad = Row.Replace(right, wrong, StringComparison.Ordinal);

        Assert.Equal(1, await ctx.RunAsync("import", ctx.Write("in.csv", Header, Row, bad), "--map", ctx.Write("map.yaml", Map), "--dry-run", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.StartsWith($"line 4: {told}", summary.RootElement.GetProperty("firstRefusals")[0].GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain("Secret", ctx.Output, StringComparison.Ordinal);
        Assert.DoesNotContain("b.example", ctx.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task DryRun_ManyWrong_TenLinesOfEachReason()
    {
        using var ctx = new CtxRun(null);
        var bad = Row.Replace("a@b.example", "nobody", StringComparison.Ordinal).Replace("\n", " ", StringComparison.Ordinal);
        string[] rows = [Header, .. Enumerable.Repeat(bad, 11), bad.Replace("nobody", "a@b.example", StringComparison.Ordinal).Replace("Phone", "?", StringComparison.Ordinal)];

        Assert.Equal(1, await ctx.RunAsync("import", ctx.Write("in.csv", rows), "--map", ctx.Write("map.yaml", Map), "--dry-run", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(33, summary.RootElement.GetProperty("refused").GetProperty("INVALID_ARGUMENT").GetInt32());
        Assert.Equal(11, summary.RootElement.GetProperty("firstRefusals").GetArrayLength());
        Assert.StartsWith("line 13: UNKNOWN_VALUE", summary.RootElement.GetProperty("firstRefusals")[10].GetString(), StringComparison.Ordinal);
    }

    [Theory]
    [MemberData(nameof(Maps))]
    public async Task Import_MapWithOneThingWrong_RefusedWithItsLine(string right, string wrong)
    {
        using var ctx = new CtxRun(null);
        Assert.Contains(right, Map, StringComparison.Ordinal);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("in.csv", Header, Row), "--map", ctx.Write("map.yaml", Map.Replace(right, wrong, StringComparison.Ordinal)), "--dry-run"));

        Assert.Matches(@"map\.yaml line \d+: ", ctx.Errors);
    }

    [Fact]
    public async Task Import_WithoutALineOfNames_RefusedWithoutWhatIsInIt()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("in.csv", Row), "--map", ctx.Write("map.yaml", Map), "--dry-run"));

        Assert.Contains("has no column 'Number'", ctx.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain("b.example", ctx.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_ColumnNamedTwice_Refused()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("in.csv", $"{Header},Email", $"{Row},"), "--map", ctx.Write("map.yaml", Map), "--dry-run"));

        Assert.Contains("more than once", ctx.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("9,a@b.example,2026-02-01T10:00:00Z,,Web,,,,", 7)]
    [InlineData("9,a@b.example,2026-02-01T10:00:00Z,,Web,,\"well\",,", 5)]
    public async Task Import_QuoteThatIsNotClosed_TheLinesThatWentWithItTold(string next, int last)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(1, await ctx.RunAsync("import", ctx.Write("in.csv", Header, Row, "8,\"a@b.example", next, next, next), "--map", ctx.Write("map.yaml", Map), "--dry-run", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        var told = Assert.Single(summary.RootElement.GetProperty("firstRefusals").EnumerateArray()).GetString()!;
        Assert.StartsWith("line 4: MALFORMED_LINE, has a quote where none may be", told, StringComparison.Ordinal);
        Assert.EndsWith($"; the lines up to {last} went with it", told, StringComparison.Ordinal);
        Assert.Equal(3 + (7 - last), summary.RootElement.GetProperty("signals").GetInt32());
    }

    [Theory]
    [InlineData(100, "its first line has a quote")]
    [InlineData(3_000_000, "perhaps a quote is never closed")]
    public async Task Import_QuoteInTheLineOfNames_Refused(int bytes, string told)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("in.csv", $"\"{Header}", new string('b', bytes)), "--map", ctx.Write("map.yaml", Map), "--dry-run"));

        Assert.Contains(told, ctx.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_BytesThatAreNoUtf8_TheRowRefused()
    {
        using var ctx = new CtxRun(null);
        var file = ctx.PathOf("in.csv");
        await File.WriteAllBytesAsync(file, Encoding.Latin1.GetBytes($"{Header}\n{Row.Replace("broken", "für nichts", StringComparison.Ordinal)}\n{Row}\n"));

        Assert.Equal(1, await ctx.RunAsync("import", file, "--map", ctx.Write("map.yaml", Map), "--dry-run", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal("line 2: MALFORMED_LINE, is no UTF-8; the lines up to 3 went with it", Assert.Single(summary.RootElement.GetProperty("firstRefusals").EnumerateArray()).GetString());
        Assert.Equal(3, summary.RootElement.GetProperty("accepted").GetInt32());
    }

    [Theory]
    [InlineData(1_000_000, 0)]
    [InlineData(3_000_000, 2)]
    public async Task Import_RowOfManyBytes_TakenOrRefusedSoThatOneQuoteDoesNotSwallowTheFile(int bytes, int exitCode)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(exitCode, await ctx.RunAsync("import", ctx.Write("in.csv", Header, Row.Replace("broken", new string('b', bytes), StringComparison.Ordinal)), "--map", ctx.Write("map.yaml", Map), "--dry-run"));
    }

    [Fact]
    public async Task Import_TextAtTheLimitAndOnePast_ItsBeginningIsScored()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        string[] rows = [Header, .. new[] { 10_000, 10_001 }.Select(length => $"{length},a@b.example,2026-02-01T10:00:00Z,,Web,,{new string('t', length)},,")];

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("in.csv", rows), "--map", ctx.Write("map.yaml", Map), "--tenant", "acme"));

        Assert.All(Assert.Single(server.Script.Received<PublishSignalsRequest>()).Signals, signal => Assert.Equal(10_000, signal.Conversation.Text.Length));
    }

    [Theory]
    [InlineData("2026-03-29 03:30", 0)]
    [InlineData("2026-03-29 02:30", 1)]
    public async Task Import_TimesOfAZone_ReadThereUnlessClocksSkippedThem(string time, int exitCode)
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        var map = Map + "\ntimes:\n  zone: Europe/Berlin\n";

        Assert.Equal(exitCode, await ctx.RunAsync("import", ctx.Write("in.csv", Header, $"7,a@b.example,{time},,Web,,,,"), "--map", ctx.Write("map.yaml", map), "--tenant", "acme"));

        Assert.All(
            server.Script.Received<PublishSignalsRequest>().SelectMany(request => request.Signals),
            signal => Assert.Equal(new DateTimeOffset(2026, 3, 29, 1, 30, 0, TimeSpan.Zero), signal.OccurredTime.ToDateTimeOffset()));
    }

    /// <summary>A request ends in the middle of a row: what is resumed begins with that row, so none of its signals is lost.</summary>
    [Fact]
    public async Task Import_StoppedInsideARow_ResumesWithThatRow()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        string[] rows = [Header, .. Enumerable.Range(0, 300).Select(row => $"{row},a@b.example,2026-02-01T10:00:00Z,2026-02-01T10:00:00Z,Web,,,Good,gold")];
        var (file, map) = (ctx.Write("in.csv", rows), ctx.Write("map.yaml", Map));
        server.Script.OnPublish = (_, request, _) => request.Signals.Any(signal => signal.Id.StartsWith("cases/200/", StringComparison.Ordinal))
            ? throw Answers.Refusal(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED")
            : Task.FromResult(Answers.Accept(request));

        Assert.Equal(1, await ctx.RunAsync("import", file, "--map", map, "--tenant", "acme", "--json"));
        var before = server.Script.Requests.Count;
        server.Script.OnPublish = (_, request, _) => Task.FromResult(Answers.Accept(request));
        Assert.Equal(0, await ctx.RunAsync("import", file, "--map", map, "--tenant", "acme", "--json"));

        var resumed = server.Script.Received<PublishSignalsRequest>().Skip(before).SelectMany(request => request.Signals).Select(signal => signal.Id).ToArray();
        Assert.Equal("cases/166/opened/1769940000", resumed.MinBy(id => int.Parse(id.Split('/')[1])));
        Assert.Equal(3 * (300 - 166), resumed.Length);
        Assert.False(File.Exists(file + ".progress"));
    }

    /// <summary>More signals of one customer than are remembered of them: one that is overtaken would be too late, and lost.</summary>
    [Fact]
    public async Task Import_ManySignalsOfOneCustomer_OneRequestAtATimeInTheOrderOfTheFile()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        int[] numbers = [.. Enumerable.Range(0, 2_600)];
        var (inside, most) = (0, 0);
        server.Script.OnPublish = async (_, request, _) =>
        {
            most = Math.Max(most, Interlocked.Increment(ref inside));
            await Task.Yield();
            Interlocked.Decrement(ref inside);
            return Answers.Accept(request);
        };

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("in.csv", [Header, .. numbers.Select(Turn)]), "--map", ctx.Write("map.yaml", Map), "--tenant", "acme"));

        Assert.Equal(1, most);
        Assert.Equal(
            numbers.Select(number => $"cases/{number}/opened/1769940000"),
            server.Script.Received<PublishSignalsRequest>().SelectMany(request => request.Signals).Select(signal => signal.Id));
    }

    [Theory]
    [InlineData("--tenant", "globex")]
    [InlineData("--tenant", "acme", "--service", "another")]
    public async Task Import_ToAnotherHolderMeanwhile_StartsOver(params string[] other)
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        var (file, map) = (ctx.Write("in.csv", [Header, .. Enumerable.Range(0, 600).Select(Turn)]), ctx.Write("map.yaml", Map));
        server.Script.OnPublish = (_, request, _) => request.Signals.Any(signal => signal.Id.StartsWith("cases/599/", StringComparison.Ordinal))
            ? throw Answers.Refusal(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED")
            : Task.FromResult(Answers.Accept(request));
        Assert.Equal(1, await ctx.RunAsync("import", file, "--map", map, "--tenant", "acme"));
        Assert.DoesNotContain("acme", await File.ReadAllTextAsync(file + ".progress"), StringComparison.Ordinal);

        var before = server.Script.Requests.Count;
        server.Script.OnPublish = (_, request, _) => Task.FromResult(Answers.Accept(request));
        Assert.Equal(0, await ctx.RunAsync(["import", file, "--map", map, .. other]));

        Assert.Equal(600, server.Script.Received<PublishSignalsRequest>().Skip(before).Sum(request => request.Signals.Count));
    }

    /// <summary>What is sent does not wait behind any number of rows that say nothing, which would have to be kept until then.</summary>
    [Theory]
    [InlineData(9_999, 1)]
    [InlineData(10_000, 2)]
    public async Task Import_RowsWithNothingToSend_SoManyEndARequest(int rows, int requests)
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("in.csv", [Header, Turn(1), .. Enumerable.Repeat("2,,,,,,,,", rows), Turn(3)]), "--map", ctx.Write("map.yaml", Map), "--tenant", "acme", "--json"));

        Assert.Equal(requests, server.Script.Received<PublishSignalsRequest>().Count());
        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(rows, summary.RootElement.GetProperty("skipped").GetProperty("NO_SUBJECT").GetInt32());
    }

    [Fact]
    public async Task Import_MapChangedMeanwhile_StartsOver()
    {
        await using var server = await FakeServer.StartAsync();
        using var ctx = new CtxRun(server);
        string[] rows = [Header, .. Enumerable.Range(0, 600).Select(row => $"{row},a@b.example,2026-02-01T10:00:00Z,,Web,,,,")];
        var file = ctx.Write("in.csv", rows);
        server.Script.OnPublish = (_, request, _) => request.Signals.Any(signal => signal is { Conversation.Channel: "web", Id: "cases/599/opened/1769940000" })
            ? throw Answers.Refusal(StatusCode.PermissionDenied, "CALLER_NOT_ALLOWED")
            : Task.FromResult(Answers.Accept(request));

        Assert.Equal(1, await ctx.RunAsync("import", file, "--map", ctx.Write("map.yaml", Map), "--tenant", "acme"));
        Assert.True(File.Exists(file + ".progress"));
        Assert.Equal(0, await ctx.RunAsync("import", file, "--map", ctx.Write("map.yaml", Map.Replace("Web: web", "Web: page", StringComparison.Ordinal)), "--tenant", "acme"));

        Assert.Equal(600, server.Script.Received<PublishSignalsRequest>().SelectMany(request => request.Signals).Count(signal => signal.Conversation.Channel == "page"));
    }

    [Theory]
    [InlineData("salesforce-cases", 3)]
    [InlineData("zendesk-tickets", 4)]
    [InlineData("hubspot-contacts", 2)]
    public async Task DryRun_OfTheExamples_NothingRefused(string name, int signals)
    {
        using var ctx = new CtxRun(null);
        var path = Path.Combine(Repository.Root, "examples/import", name);

        Assert.True(await ctx.RunAsync("import", $"{path}.csv", "--map", $"{path}.yaml", "--dry-run", "--json") == 0, ctx.Output + ctx.Errors);

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(signals, summary.RootElement.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Import_WithoutSayingWhatTheFileIs_WrongUsage()
    {
        using var ctx = new CtxRun(null);
        var file = ctx.Write("in.csv", Header);

        Assert.Equal(2, await ctx.RunAsync("import", file));
        Assert.Equal(2, await ctx.RunAsync("import", file, "--segment", "--export"));
        Assert.Equal(2, await ctx.RunAsync("import", ctx.PathOf("none.csv"), "--segment", "--dry-run"));
        Assert.Equal(2, await ctx.RunAsync("import", file, "--map", ctx.PathOf("none.yaml"), "--dry-run"));
    }

    [Theory]
    [InlineData("--write-key", "--map", "map.yaml", "--tenant", "acme", "--write-key", "key")]
    [InlineData("--as", "--map", "map.yaml", "--as", "a@b.example")]
    [InlineData("--tenant", "--segment", "--tenant", "acme")]
    [InlineData("--service", "--export", "--as", "a@b.example", "--service", "crm")]
    [InlineData("--http", "--export", "--as", "a@b.example", "--http", "https://door.example")]
    public async Task Import_OptionOfAnotherKindOfFile_WrongUsage(string option, params string[] words)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync(["import", ctx.Write("in.csv", Header), .. words, "--dry-run"]));

        Assert.Contains($"{option} does not go with {words[0]}", ctx.Errors, StringComparison.Ordinal);
    }

    private static string Turn(int number) => $"{number},a@b.example,2026-02-01T10:00:00Z,,Web,,,,";
}
