using System.Collections.Immutable;
using System.Globalization;
using System.Reflection;
using System.Text;

namespace CustomerContext.Silo.Config;

/// <summary>One setting: its key below <c>CustomerContext</c>, its description, its default as written; no default means that it is not set.</summary>
internal sealed record Setting(string Key, SettingAttribute About, string? Default)
{
    /// <summary>True if it may stand on the command line without a value.</summary>
    public bool IsFlag => About.Value.Length == 0;
}

/// <summary>Every setting of <see cref="SiloOptions"/>, and the text of <c>--help</c>.</summary>
internal static class SettingTable
{
    private const int TextWidth = 110;
    private const string Indent = "      ";

    /// <summary>In the order in which they are declared.</summary>
    public static ImmutableArray<Setting> All { get; } =
    [
        .. typeof(SiloOptions).GetProperties().Select(property =>
            new Setting(property.Name, property.GetCustomAttribute<SettingAttribute>()!, DefaultOf(property.GetValue(new SiloOptions())))),
    ];

    /// <summary>What <c>--help</c> prints.</summary>
    public static string Help { get; } = MakeHelp();

    private static string? DefaultOf(object? value) => value switch
    {
        bool on => on ? "on" : "off",
        string or int => Convert.ToString(value, CultureInfo.InvariantCulture),
        _ => null,
    };

    private static string MakeHelp()
    {
        var text = new StringBuilder();
        text.AppendLine("The CustomerContext silo. Settings come from the command line, the environment (CustomerContext__Data=DIR) and appsettings.json");
        text.AppendLine("(section CustomerContext, by the name in brackets); what stands earlier in this list wins. An unknown setting is refused.");
        text.AppendLine("Commands instead of serving: backup [--data DIR] --to FOLDER, restore [--data DIR] --from FOLDER [--accept-journal],");
        text.AppendLine("certificates --to FOLDER (docs/operations.md).");
        foreach (var setting in All.OrderBy(setting => setting.About.Name.Length == 0))
        {
            var about = setting.About;
            text.AppendLine().AppendLine(about.Name.Length == 0 ? $"  [{setting.Key}] {about.Value}, by file or environment only" : $"  {about.Name} {about.Value}".TrimEnd() + $"  [{setting.Key}]");
            Wrap(text, $"{about.Text} Default: {setting.Default ?? "none"}.");
        }

        return text.ToString();
    }

    private static void Wrap(StringBuilder text, string words)
    {
        var line = new StringBuilder(Indent);
        foreach (var word in words.Split(' '))
        {
            if (line.Length + word.Length > TextWidth)
            {
                text.AppendLine(line.ToString().TrimEnd());
                line.Clear().Append(Indent);
            }

            line.Append(word).Append(' ');
        }

        text.AppendLine(line.ToString().TrimEnd());
    }
}
