using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Storage;

namespace CustomerContext.Silo.Access;

/// <summary>
/// The secrets of a deployment: lines of 32 random bytes in hexadecimal in <c>identity.key</c> of the data folder. From them come (HKDF, RFC 5869) the keys that
/// hash subject identifiers, make pairwise customer ids and codes, and name actors. Losing the file orphans every customer.
/// </summary>
/// <remarks>
/// The first line stays for ever: what tenants know of customers comes from it. A line added at the end hashes subject identifiers from the next start on; what was hashed
/// with an earlier line is found with it and hashed anew when it is used.
/// </remarks>
internal sealed class DeploymentKey
{
    private const string FileName = "identity.key";
    private const int Size = 32;

    private readonly byte[] _secret;

    private DeploymentKey(string file, IReadOnlyList<byte[]> secrets, bool isNew)
    {
        _secret = secrets[0];
        Stored = new DeploymentKeys(
            file,
            [.. secrets.Select(secret => Convert.ToHexStringLower(Derive(secret, "fingerprint", 8)))],
            isNew,
            () => SecretFile.TryCreate(file, Convert.ToHexStringLower(_secret) + "\n"));
        Identifiers = [.. secrets.Reverse().Select(secret => new IdentifierKey(Convert.ToHexStringLower(Derive(secret, "key id", 4)), Derive(secret, "identifiers", Size)))];
    }

    /// <summary>The keys that hash subject identifiers, newest first; at least one.</summary>
    public ImmutableArray<IdentifierKey> Identifiers { get; }

    /// <summary>What the store is told of them. A new key is in memory until the store has been found to be new as well.</summary>
    public DeploymentKeys Stored { get; }

    /// <summary>Reads the keys of <paramref name="folder"/>; makes one in memory if there is none.</summary>
    /// <exception cref="InvalidDataException">The file does not hold keys.</exception>
    public static DeploymentKey In(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            return new DeploymentKey(path, [RandomNumberGenerator.GetBytes(Size)], isNew: true);
        }

        var lines = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        return lines.Length > 0 && lines.Distinct().Count() == lines.Length && lines.All(line => line.Length == 2 * Size && line.All(char.IsAsciiHexDigit))
            ? new DeploymentKey(path, [.. lines.Select(Convert.FromHexString)], isNew: false)
            : throw new InvalidDataException(
                $"{FileName} in the data folder must hold different keys of {Size} bytes in hexadecimal, one a line; restore it from your backup.");
    }

    /// <summary>A key of <paramref name="size"/> bytes for one <paramref name="use"/> and nothing else; the same for ever.</summary>
    public byte[] Derive(string use, int size = Size) => Derive(_secret, use, size);

    private static byte[] Derive(byte[] secret, string use, int size) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, secret, size, info: Encoding.UTF8.GetBytes($"customercontext {use}"));
}

/// <summary>A key that hashes subject identifiers, and the 8 hexadecimal digits that name it beside each hash.</summary>
internal sealed record IdentifierKey(string Id, byte[] Key);
