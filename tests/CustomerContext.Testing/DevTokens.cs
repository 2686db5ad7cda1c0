using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text.Json;

namespace CustomerContext.Testing;

/// <summary>Development tokens (JWT, ES256) as anyone can make who reads the data folder of a silo in development mode.</summary>
public sealed class DevTokens
{
    private static readonly TimeSpan _lifetime = TimeSpan.FromHours(2);

    private const string KeyFile = "development-key.pem";

    private readonly ECDsa _key;

    private DevTokens(ECDsa key) => _key = key;

    /// <summary>The public half of the key as PEM, as an attacker may know it.</summary>
    public string PublicKeyPem => _key.ExportSubjectPublicKeyInfoPem();

    /// <summary>True if a silo in development mode has used <paramref name="dataFolder"/>.</summary>
    public static bool AreIn(string dataFolder) => File.Exists(Path.Combine(dataFolder, KeyFile));

    /// <summary>Tokens signed with the key of <paramref name="dataFolder"/>.</summary>
    public static DevTokens In(string dataFolder)
    {
        var key = ECDsa.Create();
        key.ImportFromPem(File.ReadAllText(Path.Combine(dataFolder, KeyFile)));
        return new DevTokens(key);
    }

    /// <summary>Tokens signed with a key that no silo knows.</summary>
    public static DevTokens OfStranger() => new(ECDsa.Create(ECCurve.NamedCurves.nistP256));

    /// <summary>A person of <paramref name="tenant"/>, or a program.</summary>
    public static Dictionary<string, object> Actor(string tenant, string actor = "agent-7", bool isPerson = true, string scope = "context.read signal.write consent.manage") => new(Common())
    {
        ["sub"] = actor,
        ["tenant"] = tenant,
        ["actor"] = actor,
        ["actor_type"] = isPerson ? "person" : "service",
        ["scope"] = scope,
    };

    /// <summary>A customer who is known by a verified e-mail address.</summary>
    public static Dictionary<string, object> Customer(string email) => new(Common())
    {
        ["sub"] = email,
        ["email"] = email,
        ["email_verified"] = true,
        ["scope"] = "consent.manage signal.write context.read tribe.read",
    };

    /// <summary>A signed token.</summary>
    public string Sign(IReadOnlyDictionary<string, object> claims, string type = "JWT")
    {
        var unsigned = WithoutSignature("ES256", claims, type);
        return $"{unsigned}.{Base64Url.EncodeToString(_key.SignData(System.Text.Encoding.ASCII.GetBytes(unsigned), HashAlgorithmName.SHA256))}";
    }

    /// <summary>Header and claims, without a signature.</summary>
    public static string WithoutSignature(string algorithm, IReadOnlyDictionary<string, object> claims, string type = "JWT") =>
        $"{Part(new Dictionary<string, object> { ["alg"] = algorithm, ["typ"] = type })}.{Part(claims)}";

    private static Dictionary<string, object> Common()
    {
        var now = TimeProvider.System.GetUtcNow();
        return new Dictionary<string, object>
        {
            ["iss"] = "customercontext-development",
            ["aud"] = "customercontext",
            ["iat"] = now.ToUnixTimeSeconds(),
            ["exp"] = (now + _lifetime).ToUnixTimeSeconds(),
        };
    }

    private static string Part(IReadOnlyDictionary<string, object> values) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(values));
}
