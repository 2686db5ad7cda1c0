using System.Security.Cryptography.X509Certificates;

namespace CustomerContext.Storage.Redis;

/// <summary>Where a Redis is, who the silo is there, and whom it believes to be it. Holds a password, so it shows nothing of itself.</summary>
public sealed class RedisAccess
{
    /// <summary>The server, <c>HOST:PORT</c>; with <see cref="Service"/> its Sentinels, at least one.</summary>
    public required IReadOnlyList<string> Servers { get; init; }

    /// <summary>The name by which Sentinels know the primary. Absent: the server is asked directly.</summary>
    public string? Service { get; init; }

    /// <summary>The user of Redis' access lists. Absent: its default user.</summary>
    public string? User { get; init; }

    /// <summary>The user's password, for Sentinels too. Absent: none is sent.</summary>
    public string? Password { get; init; }

    /// <summary>True if TLS is spoken, to Sentinels too. Default: false.</summary>
    public bool IsTls { get; init; }

    /// <summary>Whose certificates are believed, besides those that this machine believes. Absent: only those.</summary>
    public X509Certificate2? Authority { get; init; }

    /// <summary>What the silo shows to the server. Absent: nothing.</summary>
    public X509Certificate2? Certificate { get; init; }
}
