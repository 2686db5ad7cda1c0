using System.Text.Json;
using System.Text.Json.Serialization;

namespace CustomerContext.Connectors.Mastodon;

/// <summary>This process as an application of a server.</summary>
/// <param name="ClientId">Its id there.</param>
/// <param name="ClientSecret">Its secret there.</param>
internal sealed record AppAnswer(string ClientId, string ClientSecret);

/// <summary>A person's access token.</summary>
/// <param name="AccessToken">Secret; it does not end by itself.</param>
internal sealed record TokenAnswer(string AccessToken);

/// <summary>An account.</summary>
/// <param name="Id">Immutable.</param>
/// <param name="StatusesCount">Posts that the server counts; absent: not said.</param>
/// <param name="Suspended">True of one that its owner deleted, or that the server suspended; absent: neither.</param>
internal sealed record Account(string Id, long? StatusesCount = null, bool? Suspended = null);

/// <summary>A post, as far as it is read.</summary>
/// <param name="Id">Its id at the server; what order ids have is the server's own.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="Visibility"><c>public</c>, or for fewer people.</param>
/// <param name="Account">Who wrote it.</param>
/// <param name="EditedAt">When it was last edited; absent: never.</param>
/// <param name="Reblog">Somebody else's post that this one only repeats; absent: it is their own.</param>
/// <param name="Content">HTML.</param>
/// <param name="SpoilerText">What stands before it; empty: nothing.</param>
/// <param name="Language">A language code; absent: not known.</param>
/// <param name="Url">Where it can be read; absent: not said.</param>
/// <param name="Tags">Its hashtags.</param>
internal sealed record Status(
    string Id,
    DateTimeOffset CreatedAt,
    string Visibility,
    Account Account,
    DateTimeOffset? EditedAt = null,
    JsonElement? Reblog = null,
    string? Content = null,
    string? SpoilerText = null,
    string? Language = null,
    string? Url = null,
    IReadOnlyList<Tag?>? Tags = null)
{
    /// <summary>Which version of it this is: Unix milliseconds of the last edit; 0: never edited.</summary>
    [JsonIgnore]
    public long Version => EditedAt?.ToUnixTimeMilliseconds() ?? 0;

    /// <summary>When it was written, in Unix milliseconds.</summary>
    [JsonIgnore]
    public long Created => CreatedAt.ToUnixTimeMilliseconds();

    /// <summary>True if it is a public post of <paramref name="account"/>'s own: nothing else is read.</summary>
    public bool IsOwnPublicPostOf(string account) =>
        Visibility == "public" && Reblog is not { ValueKind: JsonValueKind.Object } && Account.Id == account && Id.Length is > 0 and <= 64;
}

/// <summary>A hashtag.</summary>
/// <param name="Name">Without the '#'.</param>
internal sealed record Tag(string Name);
