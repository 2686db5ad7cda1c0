using System.Text.RegularExpressions;
using CustomerContext.Domain;

namespace CustomerContext.Rules.Tests;

/// <summary>A limit that a comment of the contract or of the SDK states is the one that <see cref="Limits"/> has.</summary>
public partial class LimitRules
{
    /// <summary>Fields of the contract, wherever they are, and the most that their comments may say.</summary>
    private static readonly Dictionary<string, (int Most, string Unit)> _fields = new()
    {
        ["interaction_id"] = (Limits.Consents.InteractionLength, "characters"),
        ["request_id"] = (Limits.Consents.RequestIdLength, "characters"),
        ["grant_id"] = (Limits.Consents.GrantIdLength, "characters"),
        ["purpose"] = (Limits.Consents.PurposeLength, "characters"),
        ["code"] = (Limits.Consents.CodeLength, "characters"),
        ["verification_code"] = (Limits.Consents.CodeLength, "characters"),
        ["page_token"] = (Limits.Requests.TokenLength, "characters"),
        ["resume_token"] = (Limits.Requests.TokenLength, "characters"),
        ["page_size"] = (Limits.Requests.MaxPage, ";"),
        ["link"] = (Limits.Signals.LinkBytes, "bytes"),
        ["email"] = (Limits.Identifiers.EmailLength, "characters"),
        ["opaque"] = (Limits.Identifiers.OpaqueLength, "characters"),
    };

    /// <summary>Phrases that state a limit, in the contract and in the SDK: N is the number.</summary>
    public static TheoryData<string, long> Phrases => new()
    {
        { "The customer's own words, 1 to N characters", Limits.Signals.TextCharacters },
        { "N live grants", Limits.Consents.Grants },
        { "at most N identifiers a customer", Limits.Identifiers.PerCustomer },
        { "among the customer's last N changes", Limits.Consents.RecentRequests },
        { "up to N customers' contexts", Limits.Requests.Subjects },
        { "Whose contexts?, 1 to N", Limits.Requests.Subjects },
        { "The most signals a request. 1 to N", Limits.Requests.Signals },
        { "N ms after arrival", (long)Limits.Requests.RefusalFloor.TotalMilliseconds },
        { "take a message within N seconds", (long)Limits.Watches.FrameWrite.TotalSeconds },
        { "nothing else was for N seconds", (long)Limits.Watches.Heartbeat.TotalSeconds },
        { @"heartbeats \(N seconds\)", (long)Limits.Watches.Heartbeat.TotalSeconds },
        { "can be redeemed, 1 to N minutes", (long)Limits.Consents.CodeLongest.TotalMinutes },
        { "1 to 10 minutes. Absent: N minutes", (long)Limits.Consents.CodeLifetime.TotalMinutes },
        { "The call, case or chat[^.]*, 1 to N characters", Limits.Consents.InteractionLength },
        { "By e-mail address, 3 to N characters", Limits.Identifiers.EmailLength },
        { "By an id in the tenant's own systems, 1 to N characters", Limits.Identifiers.OpaqueLength },
    };

    [Fact]
    public void Fields_OfTheContract_StateTheLimitThatTheCodeHas()
    {
        var wrong = new List<string>();
        var checkedFields = 0;
        foreach (var (field, comment) in Fields())
        {
            if (_fields.TryGetValue(field, out var limit) && Regex.Match(comment, $@"(?:at most|to) ([\d,]+)(?: |(?={limit.Unit})){limit.Unit}") is { Success: true } said)
            {
                checkedFields++;
                if (Number(said.Groups[1].Value) != limit.Most)
                {
                    wrong.Add($"{field}: {said.Value}, and the code has {limit.Most}");
                }
            }
        }

        Assert.True(checkedFields > 20, $"Only {checkedFields} comments state a limit.");
        Assert.Empty(wrong);
    }

    [Theory]
    [MemberData(nameof(Phrases))]
    public void Phrases_OfContractAndSdk_StateTheLimitThatTheCodeHas(string phrase, long limit)
    {
        var found = Comments().SelectMany(text => Regex.Matches(text, phrase.Replace("N", @"([\d,]+)", StringComparison.Ordinal))).ToArray();

        Assert.NotEmpty(found);
        Assert.All(found, said => Assert.Equal(limit, Number(said.Groups[1].Value)));
    }

    [Fact]
    public void StatusCodes_OfEveryErrorReason_AreThoseThatItsCommentBeginsWith()
    {
        Dictionary<string, int> codes = new()
        {
            ["INVALID_ARGUMENT"] = 3,
            ["NOT_FOUND"] = 5,
            ["PERMISSION_DENIED"] = 7,
            ["RESOURCE_EXHAUSTED"] = 8,
            ["FAILED_PRECONDITION"] = 9,
            ["ABORTED"] = 10,
            ["OUT_OF_RANGE"] = 11,
            ["UNIMPLEMENTED"] = 12,
            ["INTERNAL"] = 13,
            ["UNAVAILABLE"] = 14,
            ["UNAUTHENTICATED"] = 16,
        };
        var text = File.ReadAllText(Path.Combine(Repository.Root, "contracts/customercontext/v1/error_reason.proto"));
        var reasons = Reason().Matches(text);

        Assert.Equal(Regex.Count(text, @"ERROR_REASON_\w+ = [1-9]"), reasons.Count);
        Assert.All(reasons, reason => Assert.Equal(codes[reason.Groups[1].Value], int.Parse(reason.Groups[2].Value)));
    }

    /// <summary>The comments of contract and SDK, a file each, without line ends and marks.</summary>
    private static IEnumerable<string> Comments() => Repository.Sources("*.proto", "contracts").Concat(Repository.Sources("*.cs", "clients/CustomerContext.Client"))
        .Select(path => CommentMark().Replace(File.ReadAllText(path), " "));

    private static IEnumerable<(string Name, string Comment)> Fields() => Repository.Sources("*.proto", "contracts")
        .SelectMany(path => Field().Matches(File.ReadAllText(path)))
        .Select(match => (match.Groups[2].Value, CommentMark().Replace(match.Groups[1].Value, " ")));

    private static long Number(string text) => long.Parse(text.Replace(",", "", StringComparison.Ordinal));

    [GeneratedRegex(@"\s*\n\s*/{2,3} ?")]
    private static partial Regex CommentMark();

    [GeneratedRegex(@"((?:\n +// [^\n]*)+)\n +(?:optional |repeated )?[\w.]+ (\w+) = \d+")]
    private static partial Regex Field();

    [GeneratedRegex(@"\n  // ([A-Z_]+)\. [^\n]*(?:\n  //[^\n]*)*\n  ERROR_REASON_\w+ = \d+ \[\(status_code\) = (\d+)\];")]
    private static partial Regex Reason();
}
