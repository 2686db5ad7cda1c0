using System.CommandLine;
using CustomerContext.Cli.Options;
using CustomerContext.Cli.Output;
using CustomerContext.V1;
using Google.Protobuf.Collections;

namespace CustomerContext.Cli.Commands;

/// <summary>Shows or changes a customer's preferences.</summary>
internal sealed class PreferencesCommand : CtxCommand
{
    private const string Nothing = "none";

    private readonly AsOption _as = new(true);
    private readonly Option<string[]> _collect = new("--collect")
    {
        Description = "Who may send signals that are kept: acme, acme/crm, customer; may be repeated; replaces the list. none: nobody",
        HelpName = "SOURCE",
    };

    private readonly Option<string[]> _contribute = new("--contribute")
    {
        Description = "Purposes for which to be counted in moods; may be repeated; replaces the list. none: for nothing",
        HelpName = "PURPOSE",
    };

    private readonly Option<bool?> _publish = Yes("--publish", "Be counted in trends for third parties");
    private readonly Option<bool?> _reading = Yes("--contribute-reading", "What is read counts, among many, in what helped others");
    private readonly Option<bool?> _contacted = Yes("--may-be-contacted", "Companies that may see how much the voice counts may ask for help for others");
    private readonly Option<bool?> _ask = Yes("--ask", "May be asked, at most once a month");
    private readonly Option<bool?> _ofAge = Yes("--of-age", "Of age; everything else needs it");
    private readonly Option<bool?> _alone = Yes("--leave-me-alone", "No asking, no outreach, no proposals");

    public PreferencesCommand(SharedOptions shared, Surroundings surroundings)
        : base("preferences", "Shows a customer's preferences, and changes those that are given; the first time makes the customer exist.",
            shared, surroundings)
    {
        foreach (var option in (Option[])[_as.Option, .. Changing.Select(one => one.Option)])
        {
            Options.Add(option);
        }
    }

    public override IReadOnlyList<string> Examples =>
    [
        "ctx preferences --as customer1@example.org",
        "ctx preferences --as customer1@example.org --of-age --collect acme --collect customer",
        "ctx preferences --as customer1@example.org --collect none --publish false",
    ];

    /// <summary>The options that change something, each with the name of its field.</summary>
    private (string Field, Option Option)[] Changing =>
    [
        ("collect", _collect), ("contribute", _contribute), ("publish", _publish), ("contribute_reading", _reading),
        ("may_be_contacted", _contacted), ("ask", _ask), ("of_age", _ofAge), ("leave_me_alone", _alone),
    ];

    protected override async Task<int> RunAsync(ParseResult parsed, CancellationToken cancellation)
    {
        using var client = OpenClient(parsed, () => _as.RequiredHolder(parsed));
        var consent = await client.Me.GetConsentAsync(false, cancellation);
        var preferences = consent.Preferences ?? new Preferences();
        var fields = Changing.Where(one => parsed.GetResult(one.Option) is not null).Select(one => one.Field).ToArray();
        if (fields.Length > 0)
        {
            Change(preferences, parsed);
            preferences = (await client.Me.ChangePreferencesAsync(preferences, fields, cancellation: cancellation)).Preferences;
        }

        return Show(parsed, preferences, screen => screen.Write(ConsentPage.Preferences(preferences)));
    }

    private void Change(Preferences preferences, ParseResult parsed)
    {
        Replace(preferences.Collect, parsed.GetValue(_collect));
        Replace(preferences.Contribute, parsed.GetValue(_contribute));
        preferences.Publish = parsed.GetValue(_publish) ?? preferences.Publish;
        preferences.ContributeReading = parsed.GetValue(_reading) ?? preferences.ContributeReading;
        preferences.MayBeContacted = parsed.GetValue(_contacted) ?? preferences.MayBeContacted;
        preferences.Ask = parsed.GetValue(_ask) ?? preferences.Ask;
        preferences.OfAge = parsed.GetValue(_ofAge) ?? preferences.OfAge;
        preferences.LeaveMeAlone = parsed.GetValue(_alone) ?? preferences.LeaveMeAlone;
    }

    private static void Replace(RepeatedField<string> list, string[]? given)
    {
        if (given is not { Length: > 0 })
        {
            return;
        }

        list.Clear();
        list.Add(given.Where(item => item != Nothing));
    }

    private static Option<bool?> Yes(string name, string description) => new(name) { Description = description, HelpName = "true|false" };
}
