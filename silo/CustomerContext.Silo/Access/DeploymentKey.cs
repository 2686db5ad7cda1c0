using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

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

    private DeploymentKey(IReadOnlyList<byte[]> secrets, bool isNew)
    {
        _secret = secrets[0];
        IsNew = isNew;
        Identifiers = [.. secrets.Reverse().Select(secret => new IdentifierKey(Convert.ToHexStringLower(Derive(secret, "key id", 4)), Derive(secret, "identifiers", Size)))];
    }

    /// <summary>The keys that hash subject identifiers, newest first; at least one.</summary>
    public ImmutableArray<IdentifierKey> Identifiers { get; }

    /// <summary>True if this start made the key, so that the operator is told to keep it.</summary>
    public bool IsNew { get; }

    /// <summary>Reads the keys of <paramref name="folder"/>, or makes one.</summary>
    /// <exception cref="InvalidDataException">The file does not hold keys.</exception>
    public static DeploymentKey In(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            var secret = RandomNumberGenerator.GetBytes(Size);
            SecretFile.Write(path, Convert.ToHexStringLower(secret) + "\n");
            return new DeploymentKey([secret], isNew: true);
        }

        var lines = File.ReadAllLines(path).Select(line => line.Trim()).Where(line => line.Length > 0).ToArray();
        return lines.Length > 0 && lines.Distinct().Count() == lines.Length && lines.All(line => line.Length == 2 * Size && line.All(char.IsAsciiHexDigit))
            ? new DeploymentKey([.. lines.Select(Convert.FromHexString)], isNew: false)
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
