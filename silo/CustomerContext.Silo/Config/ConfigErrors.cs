namespace CustomerContext.Silo.Config;

/// <summary>Collects everything that is wrong with a configuration, each with its key, so that an operator sees all of it at once.</summary>
internal sealed class ConfigErrors
{
    private const int NameLength = 40;

    private readonly List<string> _errors = [];

    /// <summary>True as long as nothing was wrong.</summary>
    public bool IsEmpty => _errors.Count == 0;

    /// <summary>The setting <paramref name="key"/> breaks <paramref name="rule"/>.</summary>
    public void Add(string key, string rule) => _errors.Add($"{SiloConfigReader.Section}:{key} {rule}");

    /// <summary>Checks a number.</summary>
    public void Within(int value, int min, int max, string key)
    {
        if (value < min || value > max)
        {
            Add(key, $"must be {min} to {max}");
        }
    }

    /// <summary>Checks a name that becomes part of keys.</summary>
    public void Name(string name, string key)
    {
        if (name.Length is 0 or > NameLength || name.Any(c => !(c is (>= 'a' and <= 'z') or (>= '0' and <= '9') or '-' or '_')))
        {
            Add(key, $"must be 1 to {NameLength} of a-z, 0-9, '-' and '_'");
        }
    }

    /// <summary>Does nothing if nothing was wrong.</summary>
    /// <exception cref="SiloConfigException">Something was.</exception>
    public void ThrowIfAny()
    {
        if (_errors.Count > 0)
        {
            throw new SiloConfigException(_errors);
        }
    }
}
