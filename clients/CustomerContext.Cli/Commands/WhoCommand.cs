using System.CommandLine;
using System.Text.Json.Nodes;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.Cli.Tokens;
using CustomerContext.Client;
using CustomerContext.V1;
using Spectre.Console;

namespace CustomerContext.Cli.Commands;

/// <summary>Lists the people of the demo town, which language each speaks and what each has allowed, as each of them sees it: it needs the demo's key, with which one can be anybody.</summary>
internal sealed class WhoCommand : CtxCommand
{
    private const int Most = 100;

    /// <summary>The trait in which the town's company keeps a customer's language.</summary>
    private const string Language = "x-language";

    private readonly Option<int> _count;

    public WhoCommand(SharedOptions shared, Surroundings surroundings)
        : this(shared, surroundings, new Option<int>("--count") { Description = $"How many, 1 to {Most}", HelpName = "N", DefaultValueFactory = _ => 12 })
    {
    }

    private WhoCommand(SharedOptions shared, Surroundings surroundings, Option<int> count)
        : base("who", "Lists the people of the demo town, their language, and what each has allowed.", shared, surroundings, [count]) => _count = count;

    public override IReadOnlyList<string> Examples => ["ctx who", "ctx who --count 30 --json"];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        var count = parsed.GetValue(_count);
        if (count is < 1 or > Most)
        {
            throw new UsageException($"--count must be from 1 to {Most}");
        }

        if (GivenToken(parsed) is not null)
        {
            throw new UsageException("a token is one person's: leave it out, or use ctx grants");
        }

        var people = new List<Person>();
        for (var number = 1; number <= count; number++)
        {
            var address = $"customer{number}@example.org";
            using var client = OpenClient(parsed, () => new TokenHolder.Customer(address));
            var preferences = (await client.Me.GetPreferencesAsync(cancellation)).Preferences;
            var situation = (await client.Me.GetContextAsync(new LookupOptions { Facets = [Facet.Situation] }, cancellation)).Context.Situation;
            var language = situation?.OtherTraits.FirstOrDefault(trait => trait.Name == Language)?.Value ?? "";
            people.Add(new Person(address, preferences.CallMe, language, (await client.Me.GetConsentAsync(cancellation: cancellation)).Grants));
        }

        if (IsJson(parsed))
        {
            people.ForEach(one => Surroundings.Output.WriteLine(Json.Line(new JsonObject
            {
                ["email"] = one.Address,
                ["call_me"] = one.CallMe,
                ["language"] = one.Language,
                ["grants"] = new JsonArray([.. one.Grants.Select(grant => Json.Node(grant))]),
            })));
        }
        else
        {
            Surroundings.Screen.Write(Page(people));
        }

        return ExitCode.Ok;
    }

    private Table Page(List<Person> people)
    {
        var page = new Table().Border(TableBorder.Rounded).BorderColor(Color.Grey).AddColumns("Who", "Called", "Speaks", "Allowed");
        foreach (var one in people)
        {
            var allowed = string.Join('\n', one.Grants.Select(grant =>
                $"{Feeling.Plain(grant.Tenant)} for {Feeling.Plain(string.Join(", ", grant.Terms.Purposes))}, {ConsentPage.When(grant.Terms, Now)}"));
            page.AddRow(one.Address, Feeling.Plain(one.CallMe), Feeling.Plain(one.Language), allowed.Length > 0 ? allowed : "[grey]nobody[/]");
        }

        return page;
    }

    /// <summary>Somebody of the town.</summary>
    private sealed record Person(string Address, string CallMe, string Language, IReadOnlyList<Grant> Grants);
}
