using System.Security.Cryptography;
using System.Text;

namespace CustomerContext.Silo.Access;

/// <summary>
/// The one secret of a deployment: 32 random bytes in <c>identity.key</c> of the data folder. From it come (HKDF, RFC 5869) the keys that hash subject
/// identifiers, make pairwise customer ids and name actors. Losing it orphans every customer.
/// </summary>
internal sealed class DeploymentKey
{
    private const string FileName = "identity.key";
    private const int Size = 32;

    private readonly byte[] _secret;

    private DeploymentKey(byte[] secret, bool isNew)
    {
        _secret = secret;
        IsNew = isNew;
        KeyId = Convert.ToHexStringLower(Derive("key id", 4));
    }

    /// <summary>Names the key beside everything hashed with it: 8 hexadecimal digits.</summary>
    public string KeyId { get; }

    /// <summary>True if this start made the key, so that the operator is told to keep it.</summary>
    public bool IsNew { get; }

    /// <summary>Reads the key of <paramref name="folder"/>, or makes one.</summary>
    /// <exception cref="InvalidDataException">The file is not a key.</exception>
    public static DeploymentKey In(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            var secret = RandomNumberGenerator.GetBytes(Size);
            SecretFile.Write(path, Convert.ToHexStringLower(secret));
            return new DeploymentKey(secret, isNew: true);
        }

        var text = File.ReadAllText(path).Trim();
        return text.Length == 2 * Size && text.All(char.IsAsciiHexDigit)
            ? new DeploymentKey(Convert.FromHexString(text), isNew: false)
            : throw new InvalidDataException($"{FileName} in the data folder is not a key of {Size} bytes in hexadecimal; restore it from your backup.");
    }

    /// <summary>A key of <paramref name="size"/> bytes for one <paramref name="use"/> and nothing else.</summary>
    public byte[] Derive(string use, int size = Size) =>
        HKDF.DeriveKey(HashAlgorithmName.SHA256, _secret, size, info: Encoding.UTF8.GetBytes($"customercontext {use}"));
}
