namespace CustomerContext.Silo.Config;

/// <summary>Reads the whole configuration: the file of tenants, and everything else on top of it.</summary>
internal sealed class TenantsSource(string path, IConfiguration rest)
{
    private const string Shipped = "tenants.json";

    /// <summary>The source for <paramref name="configuration"/>, which may name the file.</summary>
    public static TenantsSource For(IConfiguration configuration) => new(
        configuration[$"CustomerContext:{nameof(SiloOptions.TenantsFile)}"] is { Length: > 0 } given
            ? Path.GetFullPath(given)
            : Path.Combine(AppContext.BaseDirectory, Shipped),
        configuration);

    /// <summary>The file as it is; absent while it cannot be read.</summary>
    public string? Text()
    {
        try
        {
            return File.ReadAllText(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>The configuration as it is now.</summary>
    /// <exception cref="SiloConfigException">One or more settings are wrong.</exception>
    /// <exception cref="InvalidDataException">The file is no JSON.</exception>
    /// <exception cref="IOException">There is no such file.</exception>
    public SiloConfig Read()
    {
        var configuration = new ConfigurationBuilder().AddJsonFile(path, optional: false, reloadOnChange: false).AddConfiguration(rest).Build();
        UnknownSettings.CheckSections(configuration);
        return SiloConfigReader.Read(configuration);
    }
}
