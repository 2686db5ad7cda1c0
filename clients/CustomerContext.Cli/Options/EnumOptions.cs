using System.CommandLine;
using System.CommandLine.Parsing;
using CustomerContext.Cli.Output;

namespace CustomerContext.Cli.Options;

/// <summary>Options whose values are those of an enum of the contract, written as people write: top-of-mind, any-time.</summary>
internal static class EnumOptions
{
    public static Option<T?> One<T>(string name, string description) where T : struct, Enum => new(name)
    {
        Description = $"{description}: {Choices<T>()}",
        HelpName = "NAME",
        CustomParser = result => Parse<T>(result, result.Tokens.Single().Value),
    };

    public static Option<T[]> Many<T>(string name, string description) where T : struct, Enum => new(name)
    {
        Description = $"{description}: {Choices<T>()}",
        HelpName = "NAME",
        CustomParser = result => [.. result.Tokens.Select(token => Parse<T>(result, token.Value))],
    };

    private static T Parse<T>(ArgumentResult result, string text) where T : struct, Enum
    {
        var wanted = text.Replace("-", "").Replace("_", "");
        foreach (var value in Values<T>())
        {
            if (string.Equals(value.ToString(), wanted, StringComparison.OrdinalIgnoreCase))
            {
                return value;
            }
        }

        result.AddError($"'{text}' is none of: {Choices<T>()}");
        return default;
    }

    private static string Choices<T>() where T : struct, Enum => string.Join(", ", Values<T>().Select(value => Words.Dashed(value)));

    private static IEnumerable<T> Values<T>() where T : struct, Enum => Enum.GetValues<T>().Where(value => Convert.ToInt32(value) != 0);
}
