using System.Reflection;
using Microsoft.Extensions.Configuration.Json;

namespace CustomerContext.Silo.Config;

/// <summary>Finds settings that nobody reads, wherever they come from: a mistyped one would be passed over without a word.</summary>
internal sealed class UnknownSettings(ConfigErrors errors)
{
    /// <summary>Refuses every key of <paramref name="section"/> that is no property of <paramref name="options"/>, however deep it lies.</summary>
    public void Check(IConfiguration section, Type options, string path = "")
    {
        foreach (var child in section.GetChildren())
        {
            var property = options.GetProperty(child.Key, BindingFlags.Public | BindingFlags.Instance | BindingFlags.IgnoreCase);
            if (property is null)
            {
                errors.Add($"{path}{child.Key}", "is not a setting; --help lists them");
            }
            else if (property.PropertyType is { IsGenericType: true } list && IsOptions(list.GenericTypeArguments[0]))
            {
                foreach (var item in child.GetChildren())
                {
                    Check(item, list.GenericTypeArguments[0], $"{path}{child.Key}:{item.Key}:");
                }
            }
            else if (IsOptions(property.PropertyType))
            {
                Check(child, property.PropertyType, $"{path}{child.Key}:");
            }
        }
    }

    /// <summary>Refuses sections of JSON files other than <see cref="SiloConfigReader.Sections"/>, and doors that only the server's own configuration would know.</summary>
    /// <exception cref="SiloConfigException">There are some.</exception>
    public static void CheckSections(IConfigurationRoot configuration)
    {
        var unknown = configuration.Providers.OfType<JsonConfigurationProvider>()
            .SelectMany(provider => provider.GetChildKeys([], null))
            .Where(key => !SiloConfigReader.Sections.Contains(key, StringComparer.OrdinalIgnoreCase))
            .Concat(configuration.GetSection("Kestrel").Exists() ? ["Kestrel"] : [])
            .Distinct()
            .Select(key => $"{key} is not a section that is read; there are {string.Join(" and ", SiloConfigReader.Sections)}")
            .ToArray();
        if (unknown.Length > 0)
        {
            throw new SiloConfigException(unknown);
        }
    }

    private static bool IsOptions(Type type) => type.IsClass && type != typeof(string) && !type.IsGenericType;
}
