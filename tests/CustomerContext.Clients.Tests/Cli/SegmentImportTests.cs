using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.Testing;

namespace CustomerContext.Clients.Tests.Cli;

/// <summary>Segment exports, by the Segment door.</summary>
public sealed class SegmentImportTests
{
    private const string Key = "demo-acme-crm-secret-key";

    public static TheoryData<string, string, string> Messages => new()
    {
        { Page("m"), "{\"type\":", "MALFORMED_LINE, is no JSON object" },
        { Page("m"), "[]", "MALFORMED_LINE, is no JSON object" },
        { "\"page\"", "\"pages\"", "INVALID_ARGUMENT, type must be" },
        { "\"m\"", "\"\"", "INVALID_ARGUMENT, messageId must be" },
        { "\"m\"", $"\"{new string('m', 129)}\"", "INVALID_ARGUMENT, messageId must be" },
        { "2026-02-01T10:00:00Z", "yesterday", "INVALID_ARGUMENT, timestamp must" },
        { "\"/a\"", $"\"{new string('a', 32 * 1024)}\"", "MALFORMED_LINE, has more than 32768 bytes" },
    };

    [Fact]
    public async Task Import_Segment_MessagesAsTheyAreWithTheKey()
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        using var ctx = new CtxRun(null);
        string[] lines = [.. Enumerable.Range(0, 501).Select(index => Page($"m{index}")), "", Page("a").Replace("alice", "", StringComparison.Ordinal), Page("b").Replace("page", "alias", StringComparison.Ordinal)];

        Assert.Equal(0, await ctx.RunAsync(["import", ctx.Write("in.jsonl", lines), "--segment", "--json", .. Door(door)]));

        Assert.Equal([500, 1], door.Batches.Select(batch => batch.Count));
        Assert.Equal(lines[..501], door.Batches.SelectMany(batch => batch).Select(message => message!.ToJsonString()));
        Assert.All(door.Keys, key => Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"{Key}:"))}", key));
        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(501, summary.RootElement.GetProperty("accepted").GetInt32());
        Assert.Equal("{\"ANONYMOUS\":1,\"NO_EFFECT\":1}", summary.RootElement.GetProperty("skipped").GetRawText());
    }

    [Theory]
    [MemberData(nameof(Messages))]
    public async Task DryRun_OneThingWrong_ToldByLine(string right, string wrong, string told)
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(1, await ctx.RunAsync("import", ctx.Write("in.jsonl", Page("m"), Page("m").Replace(right, wrong, StringComparison.Ordinal)), "--segment", "--dry-run", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.StartsWith($"line 2: {told}", Assert.Single(summary.RootElement.GetProperty("firstRefusals").EnumerateArray()).GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Import_MessageAtTheLimit_TakenInARequestWithinTheLimit()
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        using var ctx = new CtxRun(null);
        var most = Page("m").Replace("\"/a\"", $"\"{new string('a', (32 * 1024) - Page("m").Length + 2)}\"", StringComparison.Ordinal);

        Assert.Equal(0, await ctx.RunAsync(["import", ctx.Write("in.jsonl", Enumerable.Repeat(most, 16)), "--segment", .. Door(door)]));

        Assert.Equal([15, 1], door.Batches.Select(batch => batch.Count));
    }

    [Fact]
    public async Task Import_DoorRefusesSome_ToldByTheirLines()
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        door.Answer = (_, _) => (200,
        [
            new JsonObject { ["field"] = "batch[1].properties.url", ["rule"] = "must be 1 to 256 bytes" },
            new JsonObject { ["field"] = "batch[1].properties.category", ["rule"] = "must be text" },
        ]);
        using var ctx = new CtxRun(null);

        Assert.Equal(1, await ctx.RunAsync(["import", ctx.Write("in.jsonl", Page("a"), "", Page("b")), "--segment", "--json", .. Door(door)]));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(1, summary.RootElement.GetProperty("accepted").GetInt32());
        Assert.Equal("line 3: INVALID_ARGUMENT, properties.url must be 1 to 256 bytes", Assert.Single(summary.RootElement.GetProperty("firstRefusals").EnumerateArray()).GetString());
    }

    [Theory]
    [InlineData(429)]
    [InlineData(500)]
    [InlineData(502)]
    [InlineData(503)]
    [InlineData(504)]
    public async Task Import_DoorCannotTakeItNow_SentAgainAndOnceInTheEnd(int status)
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        door.Answer = (call, _) => (call == 1 ? status : 200, []);
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync(["import", ctx.Write("in.jsonl", Page("a")), "--segment", .. Door(door)]));

        Assert.Equal(2, door.Keys.Count);
        Assert.Single(door.Batches);
    }

    [Theory]
    [InlineData("<html>Welcome</html>")]
    [InlineData("null")]
    [InlineData("{\"success\":true}")]
    [InlineData("{\"refused\":[{\"field\":\"batch[7]\",\"rule\":\"must be text\"}]}")]
    public async Task Import_AnswerOfAnotherDoor_StopsInWordsAndKeepsItsPlace(string page)
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        door.Page = page;
        using var ctx = new CtxRun(null);
        var file = ctx.Write("in.jsonl", Page("a"));

        Assert.Equal(5, await ctx.RunAsync(["import", file, "--segment", .. Door(door)]));

        Assert.Contains("is no door for the Segment specification", ctx.Errors, StringComparison.Ordinal);
        Assert.True(File.Exists(file + ".progress"));
    }

    [Fact]
    public async Task Import_WithAnotherKeyMeanwhile_StartsOver()
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        using var ctx = new CtxRun(null);
        var file = ctx.Write("in.jsonl", Enumerable.Range(0, 600).Select(index => Page($"m{index}")));
        door.Answer = (call, _) => (call == 2 ? 400 : 200, []);
        Assert.Equal(5, await ctx.RunAsync(["import", file, "--segment", .. Door(door)]));
        Assert.DoesNotContain(Key, await File.ReadAllTextAsync(file + ".progress"), StringComparison.Ordinal);

        Assert.Equal(0, await ctx.RunAsync("import", file, "--segment", "--http", door.Address.ToString(), "--write-key", "another"));

        Assert.Equal([500, 500, 100], door.Batches.Select(batch => batch.Count));
    }

    [Theory]
    [InlineData(9_998, 1)]
    [InlineData(9_999, 2)]
    public async Task Import_LinesWithNothingToSend_SoManyEndARequest(int lines, int requests)
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        using var ctx = new CtxRun(null);
        var nobody = Page("n").Replace("alice", "", StringComparison.Ordinal);

        Assert.Equal(0, await ctx.RunAsync(["import", ctx.Write("in.jsonl", [Page("a"), .. Enumerable.Repeat(nobody, lines), Page("b")]), "--segment", .. Door(door)]));

        Assert.Equal(requests, door.Batches.Count);
    }

    [Fact]
    public async Task Import_DoorUnderAPath_FoundThere()
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync("import", ctx.Write("in.jsonl", Page("a")), "--segment", "--http", $"{door.Address}{FakeSegmentDoor.Under}", "--write-key", Key));

        Assert.Single(door.Batches);
    }

    [Fact]
    public async Task Import_KeyToAnotherMachineForAllToRead_WrongUsage()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("in.jsonl", Page("a")), "--segment", "--http", "http://door.example", "--write-key", Key));

        Assert.Contains("must begin with https://", ctx.Errors, StringComparison.Ordinal);
        Assert.DoesNotContain(Key, ctx.Errors, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(401, 4)]
    [InlineData(400, 5)]
    public async Task Import_DoorRefusesTheCall_StopsAndResumesThere(int status, int exitCode)
    {
        await using var door = await FakeSegmentDoor.StartAsync();
        using var ctx = new CtxRun(null);
        var file = ctx.Write("in.jsonl", Enumerable.Range(0, 1200).Select(index => Page($"m{index}")));
        door.Answer = (call, _) => (call == 2 ? status : 200, []);

        Assert.Equal(exitCode, await ctx.RunAsync(["import", file, "--segment", .. Door(door)]));
        Assert.Equal(0, await ctx.RunAsync(["import", file, "--segment", "--json", .. Door(door)]));

        Assert.Equal(Enumerable.Range(0, 1200).Select(index => $"m{index}"), door.Batches.SelectMany(batch => batch).Select(message => (string)message!["messageId"]!));
        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(1200, summary.RootElement.GetProperty("accepted").GetInt32());
        Assert.False(File.Exists(file + ".progress"));
    }

    [Fact]
    public async Task DryRun_OfTheExample_NothingRefused()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(0, await ctx.RunAsync("import", Path.Combine(Repository.Root, "examples/import/segment.jsonl"), "--segment", "--dry-run", "--json"));

        using var summary = JsonDocument.Parse(ctx.Output);
        Assert.Equal(3, summary.RootElement.GetProperty("accepted").GetInt32());
    }

    [Fact]
    public async Task Import_WithoutAKey_WrongUsage()
    {
        using var ctx = new CtxRun(null);

        Assert.Equal(2, await ctx.RunAsync("import", ctx.Write("in.jsonl", Page("a")), "--segment"));
    }

    private static string[] Door(FakeSegmentDoor door) => ["--http", door.Address.ToString(), "--write-key", Key];

    private static string Page(string id) => $$$"""{"type":"page","messageId":"{{{id}}}","userId":"alice","timestamp":"2026-02-01T10:00:00Z","properties":{"url":"/a"}}""";
}
