using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Cli.Records;

/// <summary>The key set that a provider publishes, from its address or from a file that it was kept in.</summary>
internal static class KeySetSource
{
    /// <exception cref="UsageException">There is no key set.</exception>
    public static async Task<JsonWebKeySet> ReadAsync(string where, CancellationToken cancellation)
    {
        try
        {
            return new JsonWebKeySet(await TextOfAsync(where, cancellation));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException or HttpRequestException or ArgumentException)
        {
            throw new UsageException($"--keys: there is no key set at {where}");
        }
    }

    private static async Task<string> TextOfAsync(string where, CancellationToken cancellation)
    {
        if (!Uri.TryCreate(where, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            return await File.ReadAllTextAsync(where, cancellation);
        }

        using var http = new HttpClient();
        return await http.GetStringAsync(address, cancellation);
    }
}
