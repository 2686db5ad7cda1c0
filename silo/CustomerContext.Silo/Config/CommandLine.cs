namespace CustomerContext.Silo.Config;

/// <summary>A command line: <c>--name value</c>, <c>--name=value</c> or <c>--flag</c>. Whatever is not known is refused, so that a mistyped name is never passed over.</summary>
/// <param name="names">The key of each known name, and whether it is a flag.</param>
/// <param name="sections">Sections of the configuration that may be set by their full keys, for example <c>--Logging:LogLevel:Default=Warning</c>.</param>
internal sealed class CommandLine(IReadOnlyDictionary<string, (string Key, bool IsFlag)> names, params IReadOnlyList<string> sections)
{
    /// <summary>The silo's own: all settings of <see cref="SiloOptions"/>.</summary>
    public static CommandLine OfSilo { get; } = new(
        SettingTable.All.Where(setting => setting.About.Name.Length > 0).ToDictionary(
            setting => setting.About.Name, setting => ($"{SiloConfigReader.Section}:{setting.Key}", setting.IsFlag)),
        SiloConfigReader.Sections);

    /// <summary>Keys and values of <paramref name="args"/>.</summary>
    /// <exception cref="SiloConfigException">Something is unknown or lacks its value; the message names all of it.</exception>
    public Dictionary<string, string?> Read(IReadOnlyList<string> args)
    {
        var (values, errors) = (new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase), new List<string>());
        for (var i = 0; i < args.Count; i++)
        {
            var (name, value) = args[i].Split('=', 2) is [var before, var after] ? (before, after) : (args[i], null);
            if (Find(name) is not { } found)
            {
                errors.Add($"{name} is not a setting; --help lists them");
                continue;
            }

            if (value is null && i + 1 < args.Count && (found.IsFlag ? bool.TryParse(args[i + 1], out _) : !args[i + 1].StartsWith("--", StringComparison.Ordinal)))
            {
                value = args[++i];
            }

            if (value is null && !found.IsFlag)
            {
                errors.Add($"{name} needs a value");
                continue;
            }

            values[found.Key] = value ?? "true";
        }

        return errors.Count == 0 ? values : throw new SiloConfigException(errors);
    }

    private (string Key, bool IsFlag)? Find(string name) => names.TryGetValue(name, out var found)
        ? found
        : sections.Any(section => name.StartsWith($"--{section}:", StringComparison.OrdinalIgnoreCase)) ? (name[2..], false) : null;
}
