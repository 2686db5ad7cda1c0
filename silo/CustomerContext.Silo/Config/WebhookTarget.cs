using System.Collections.Immutable;
using System.Net;
using CustomerContext.Domain;
using CustomerContext.Silo.News;

namespace CustomerContext.Silo.Config;

/// <summary>Where a company hears what became of its grants and its work, checked.</summary>
internal sealed class WebhookTarget
{
    private WebhookTarget(Uri address, ImmutableArray<byte[]> secrets, ImmutableArray<string> types) => (Address, Secrets, Types) = (address, secrets, types);

    /// <summary>Its receiver.</summary>
    public Uri Address { get; }

    /// <summary>What calls are signed with, each.</summary>
    public ImmutableArray<byte[]> Secrets { get; }

    /// <summary>What is told there: some of <see cref="WebhookTypes.All"/>.</summary>
    public ImmutableArray<string> Types { get; }

    /// <summary>What <paramref name="options"/> say. What is wrong with them goes to <paramref name="errors"/>.</summary>
    public static ImmutableArray<WebhookTarget> Read(IReadOnlyList<WebhookOptions> options, bool isDevelopment, ConfigErrors errors, string key)
    {
        var targets = options.Select((one, at) => Read(one, isDevelopment, errors, $"{key}:{at}")).ToArray();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < targets.Length; i++)
        {
            if (targets[i]?.Types.Where(type => !seen.Add(type)).ToArray() is { Length: > 0 } twice)
            {
                errors.Add($"{key}:{i}:Types", $"must not have what another of the tenant's webhooks has: {string.Join(", ", twice)}");
            }
        }

        return [.. targets.OfType<WebhookTarget>()];
    }

    private static WebhookTarget? Read(WebhookOptions options, bool isDevelopment, ConfigErrors errors, string key)
    {
        if (!Uri.TryCreate(options.Url, UriKind.Absolute, out var address) || !Access.IssuerAddress.IsSafe(address) || address.UserInfo.Length > 0)
        {
            errors.Add($"{key}:Url", "must be an https address; http is for loopback only");
            return null;
        }

        if (!MayBeCalled(address, isDevelopment))
        {
            errors.Add($"{key}:Url", "must be on the public internet; loopback is for development mode only");
            return null;
        }

        if (options.Secrets.Count is 0 or > Limits.News.Secrets)
        {
            errors.Add($"{key}:Secrets", $"must be 1 to {Limits.News.Secrets}");
        }

        var secrets = options.Secrets.Select(WebhookSecret.Read).ToArray();
        for (var i = 0; i < secrets.Length; i++)
        {
            if (secrets[i] is null)
            {
                errors.Add($"{key}:Secrets:{i}", WebhookSecret.Rule);
            }
        }

        if (options.Types.Any(type => !WebhookTypes.All.Contains(type)))
        {
            errors.Add($"{key}:Types", $"must be some of {string.Join(", ", WebhookTypes.All)}");
        }

        return new WebhookTarget(address, [.. secrets.OfType<byte[]>()], [.. options.Types.Count == 0 ? WebhookTypes.All : options.Types.Distinct()]);
    }

    /// <summary>Where a name leads is looked at when it is called; what can never be called is refused at once.</summary>
    private static bool MayBeCalled(Uri address, bool isDevelopment) => IPAddress.TryParse(address.DnsSafeHost, out var literal)
        ? new PublicAddress(isDevelopment).Allows(literal)
        : isDevelopment || !address.IsLoopback;
}

/// <summary>A secret as Standard Webhooks writes it.</summary>
internal static class WebhookSecret
{
    private const string Prefix = "whsec_";
    private const int Least = 24;
    private const int Most = 64;

    /// <summary>What it must be.</summary>
    public static string Rule { get; } = $"must be {Prefix} and {Least} to {Most} bytes in base64";

    /// <summary>Its bytes; absent if it is none.</summary>
    public static byte[]? Read(string text)
    {
        var bytes = new byte[text.Length];
        return text.StartsWith(Prefix, StringComparison.Ordinal) && Convert.TryFromBase64String(text[Prefix.Length..], bytes, out var length) && length is >= Least and <= Most
            ? bytes[..length]
            : null;
    }
}
