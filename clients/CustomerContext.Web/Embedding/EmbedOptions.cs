using System.Security.Cryptography;
using System.Text;

namespace CustomerContext.Web.Embedding;

/// <summary>Which desktops may show the side panel, and the secret by which their servers sign what they tell it.</summary>
internal sealed class EmbedOptions
{
    /// <summary>The pages' own origin, as a policy writes it.</summary>
    private const string Self = "'self'";

    private const int SecretCharacters = 32;

    /// <summary>Origins that may frame /embed, for example https://crm.example.org, on the same site as the pages. Default: none, and then nobody may.</summary>
    public IReadOnlyList<string> Origins { get; init; } = [];

    /// <summary>Shared with the desktop's server, at least 32 characters. Default: none; in development mode one is drawn at each start.</summary>
    public string Secret { get; init; } = "";

    /// <summary>The secret as the key of a signature.</summary>
    public byte[] Key => Encoding.UTF8.GetBytes(Secret);

    /// <summary>With what development mode adds: the example desktop of this host, and a secret of its own.</summary>
    public EmbedOptions InDevelopment() => new()
    {
        Origins = [.. Origins, Self],
        Secret = Secret.Length > 0 ? Secret : RandomNumberGenerator.GetHexString(2 * SecretCharacters, lowercase: true),
    };

    /// <summary>What is wrong with it.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (Origins.Any(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.GetLeftPart(UriPartial.Authority) != origin))
        {
            yield return "CustomerContextWeb:Embed:Origins must be origins, for example https://crm.example.org";
        }

        if (Origins.Count > 0 && Secret.Length < SecretCharacters)
        {
            yield return $"CustomerContextWeb:Embed:Secret must have at least {SecretCharacters} characters";
        }
    }
}
