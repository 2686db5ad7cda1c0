namespace CustomerContext.Testing;

/// <summary>A post.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Account">Whose it is.</param>
/// <param name="Html">What it says.</param>
/// <param name="CreatedAt">When it was written.</param>
/// <param name="EditedAt">When it was last edited; absent: never.</param>
/// <param name="Visibility">Who may read it.</param>
/// <param name="IsReblog">True if it repeats somebody else's.</param>
/// <param name="Tags">Its hashtags.</param>
public sealed record MastodonPost(
    string Id, string Account, string Html, DateTimeOffset CreatedAt, DateTimeOffset? EditedAt, string Visibility, bool IsReblog, IReadOnlyList<string> Tags);
