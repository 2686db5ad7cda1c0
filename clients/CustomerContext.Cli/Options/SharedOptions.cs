using System.CommandLine;

namespace CustomerContext.Cli.Options;

/// <summary>The options that every command has.</summary>
internal sealed class SharedOptions
{
    private const string DefaultAddress = "http://127.0.0.1:5101";
    private const string DefaultData = "data";

    private readonly Option<string?> _address = new("--address")
    {
        Description = $"Where the server is, or those of a cluster, with commas between. Default: CTX_ADDRESS, else {DefaultAddress}",
        HelpName = "URL",
        Recursive = true,
    };

    private readonly Option<string?> _data = new("--data")
    {
        Description = "The server's data directory, for its development key. Default: CTX_DATA, else ./data",
        HelpName = "DIR",
        Recursive = true,
    };

    private readonly Option<string?> _token = new("--token")
    {
        Description = "An access token to send. Default: CTX_TOKEN, else one is made with the development key",
        HelpName = "TOKEN",
        Recursive = true,
    };

    private readonly Option<bool> _json = new("--json")
    {
        Description = "JSON for scripts instead of words for people; one line for each result or event",
        Recursive = true,
    };

    public IEnumerable<Option> All => [_address, _data, _token, _json];

    public bool IsJson(ParseResult parsed) => parsed.GetValue(_json);

    /// <exception cref="UsageException">One is no address, or two are the same.</exception>
    public IReadOnlyList<Uri> Addresses(ParseResult parsed, Surroundings surroundings)
    {
        var text = parsed.GetValue(_address) ?? Given(surroundings, "CTX_ADDRESS") ?? DefaultAddress;
        Uri[] addresses = [.. text.Split(',', StringSplitOptions.TrimEntries).Select(AddressOf)];
        return addresses.Distinct().Count() == addresses.Length ? addresses : throw new UsageException("--address names one server twice");
    }

    public string Data(ParseResult parsed, Surroundings surroundings) =>
        parsed.GetValue(_data) ?? Given(surroundings, "CTX_DATA") ?? DefaultData;

    /// <summary>Absent: one is to be made.</summary>
    public string? Token(ParseResult parsed, Surroundings surroundings) => parsed.GetValue(_token) ?? Given(surroundings, "CTX_TOKEN");

    private static Uri AddressOf(string text) => Uri.TryCreate(text, UriKind.Absolute, out var address) && address.Scheme is "http" or "https"
        ? address
        : throw new UsageException($"--address must be like {DefaultAddress}");

    private static string? Given(Surroundings surroundings, string variable) =>
        surroundings.Variable(variable) is { Length: > 0 } value ? value : null;
}
