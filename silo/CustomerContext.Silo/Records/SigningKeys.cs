using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Records;

/// <summary>
/// The keys that sign receipts: ES256, one PEM file each in <c>receipt-keys</c> of the data folder, named by the day it was made. The newest signs. When a new one is
/// made, the ones before it are kept with their public half only, so that what they signed can be checked for ever and nothing more be signed with them.
/// </summary>
internal sealed class SigningKeys
{
    private const string FolderName = "receipt-keys";
    private const string Pattern = "*.pem";
    private const string DayFormat = "yyyyMMdd'T'HHmmss'Z'";

    private readonly ECDsa _signing;

    private SigningKeys(ECDsa signing, string keyId, string published) => (_signing, KeyId, Published) = (signing, keyId, published);

    /// <summary>The <c>kid</c> of the key that signs: its thumbprint (RFC 7638).</summary>
    public string KeyId { get; }

    /// <summary>All public keys as a JSON Web Key Set (RFC 7517).</summary>
    public string Published { get; }

    /// <summary>Reads the keys of <paramref name="folder"/>. Makes one if there is none, if the newest is too old, or if <paramref name="rotate"/> says so.</summary>
    /// <exception cref="InvalidDataException">A file is not a key.</exception>
    public static SigningKeys In(string folder, bool rotate, DateTimeOffset now)
    {
        var keys = Directory.CreateDirectory(Path.Combine(folder, FolderName)).FullName;
        var files = FilesOf(keys);
        if (files.Count == 0 || rotate || MadeAt(files[^1]).AddMonths(Limits.Records.SigningKeyMonths) <= now || !CanSign(files[^1]))
        {
            using var made = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var path = Path.Combine(keys, $"{now.UtcDateTime.ToString(DayFormat)}.pem");

            // Of silos that make one at the same moment one wins, and the others sign with the same.
            if (SecretFile.TryCreate(path, made.ExportPkcs8PrivateKeyPem()))
            {
                files.ForEach(Retire);
            }

            files = [.. FilesOf(keys).Where(file => file != path), path];
        }

        var signing = Read(files[^1]);
        return new SigningKeys(signing, Thumbprint(signing), SetOf(files.Select(Read)));
    }

    private static List<string> FilesOf(string keys) => [.. Directory.GetFiles(keys, Pattern).Order(StringComparer.Ordinal)];

    /// <summary>The signature of JWS (RFC 7518, 3.4).</summary>
    public byte[] Sign(byte[] data)
    {
        lock (_signing)
        {
            return _signing.SignData(data, HashAlgorithmName.SHA256, DSASignatureFormat.IeeeP1363FixedFieldConcatenation);
        }
    }

    private static void Retire(string path)
    {
        using var key = Read(path);
        SecretFile.Write(path, key.ExportSubjectPublicKeyInfoPem());
    }

    private static bool CanSign(string path) => File.ReadAllText(path).Contains("PRIVATE KEY", StringComparison.Ordinal);

    private static DateTimeOffset MadeAt(string path) => DateTimeOffset.TryParseExact(
        Path.GetFileNameWithoutExtension(path), DayFormat, null, System.Globalization.DateTimeStyles.AssumeUniversal, out var at)
        ? at
        : throw new InvalidDataException($"{Path.GetFileName(path)} in {FolderName} is not named as a key is; only keys belong there.");

    private static ECDsa Read(string path)
    {
        var key = ECDsa.Create();
        try
        {
            key.ImportFromPem(File.ReadAllText(path));
            return key;
        }
        catch (Exception error) when (error is ArgumentException or CryptographicException)
        {
            key.Dispose();
            throw new InvalidDataException($"{Path.GetFileName(path)} in {FolderName} is not a key; restore it from your backup.", error);
        }
    }

    private static string SetOf(IEnumerable<ECDsa> keys) => JsonSerializer.Serialize(new
    {
        keys = keys.Select(key =>
        {
            var point = key.ExportParameters(false).Q;
            return new
            {
                kty = "EC",
                crv = "P-256",
                use = "sig",
                alg = "ES256",
                kid = Thumbprint(key),
                x = Base64Url.EncodeToString(point.X),
                y = Base64Url.EncodeToString(point.Y),
            };
        }),
    });

    private static string Thumbprint(ECDsa key)
    {
        var point = key.ExportParameters(false).Q;
        var members = $$"""{"crv":"P-256","kty":"EC","x":"{{Base64Url.EncodeToString(point.X)}}","y":"{{Base64Url.EncodeToString(point.Y)}}"}""";
        return Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(members)));
    }
}
