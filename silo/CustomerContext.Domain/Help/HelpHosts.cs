using System.Collections.Frozen;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Help;

/// <summary>A page of a company's as it is kept: its address and nothing of its content.</summary>
/// <param name="Company">Whose page it is: the company that lists its host.</param>
/// <param name="Address">https, host and path, at most 256 bytes. Query and fragment are cut off; an address with '@' or ';' in its path is not kept: they name people and sessions.</param>
[GenerateSerializer, Immutable, Alias("KeptPage")]
public sealed record KeptPage([property: Id(0)] TenantId Company, [property: Id(1)] string Address);

/// <summary>
/// The hosts whose pages are kept, as the operator lists them for one source, each with the company that it belongs to. A host belongs to one company only.
/// Of every other resource only the topics count.
/// </summary>
/// <param name="companies">By host, in lower case.</param>
public sealed class HelpHosts(FrozenDictionary<string, TenantId> companies)
{
    /// <summary>None: nothing of any resource is kept.</summary>
    public static HelpHosts None { get; } = new(FrozenDictionary<string, TenantId>.Empty);

    /// <summary>True if <paramref name="host"/> is the name of a host, in lower case and without a port.</summary>
    public static bool IsHost(string host) =>
        host.Length is > 0 and <= Limits.Help.HostCharacters && Uri.CheckHostName(host) == UriHostNameType.Dns && !host.Any(char.IsUpper);

    /// <summary>The signal with the page that is kept of it; the same if nothing is, as of every kind but behaviour.</summary>
    public ScoredSignal Fill(ScoredSignal scored) => scored.Signal is BehaviourSignal behaviour && Find(behaviour.Resource) is { } page
        ? scored with { Signal = behaviour with { Page = page } }
        : scored;

    private KeptPage? Find(string resource) =>
        Uri.TryCreate(resource, UriKind.Absolute, out var address)
        && address is { IsDefaultPort: true, UserInfo.Length: 0 }
        && address.Scheme == Uri.UriSchemeHttps
        && !address.AbsolutePath.AsSpan().ContainsAny('@', ';')
        && companies.TryGetValue(address.IdnHost, out var company)
        && $"{Uri.UriSchemeHttps}://{address.IdnHost}{address.AbsolutePath}" is { Length: <= Limits.Signals.ResourceBytes } page
            ? new KeptPage(company, page)
            : null;
}
