using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Access;

/// <summary>
/// The key that signs local tokens in development mode: ES256, in <c>development-key.pem</c> of the data folder. Whoever can read that file can be anybody,
/// which is why development mode listens on loopback only.
/// </summary>
internal static class DevelopmentKey
{
    /// <summary>The <c>iss</c> of local tokens.</summary>
    public const string Issuer = "customercontext-development";

    private const string FileName = "development-key.pem";

    /// <summary>Reads the key of <paramref name="folder"/>, or makes one.</summary>
    public static SecurityKey In(string folder)
    {
        var path = Path.Combine(folder, FileName);
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (File.Exists(path) || !SecretFile.TryCreate(path, key.ExportPkcs8PrivateKeyPem()))
        {
            key.ImportFromPem(File.ReadAllText(path));
        }

        return new ECDsaSecurityKey(key);
    }
}
