namespace CustomerContext.Connectors.State;

/// <summary>An account of somebody who came to connect it. Times are Unix milliseconds.</summary>
/// <param name="Network">Which network.</param>
/// <param name="Id">The account's immutable id. Personal data.</param>
/// <param name="Token">The person's token at the network. Secret. Absent: the permission was taken back there, or the token cannot be decrypted; nothing is read.</param>
/// <param name="Begun">When they came.</param>
/// <param name="Since">Since when it is connected, as the silo says; 0: not yet.</param>
/// <param name="Earliest">Posts up to and including this time are not read.</param>
/// <param name="Newest">The id of the newest post that was seen; absent: none.</param>
/// <param name="Checked">When all posts were last compared, or the account was looked up; 0: never.</param>
/// <param name="Times">How often something of it was taken back: a part of the ids of what is sent after, for an id that was taken back is good no more.</param>
/// <param name="Missed">At how many checks in a row all its posts, or itself, seemed to be gone.</param>
/// <param name="Missing">When the first of these checks was; 0: it is there.</param>
internal sealed record KnownAccount(
    string Network, string Id, string? Token, long Begun, long Since, long Earliest, string? Newest, long Checked, int Times = 0, int Missed = 0, long Missing = 0);

/// <summary>A version of a post that was sent, or is being sent.</summary>
/// <param name="Status">The post's id at the network.</param>
/// <param name="Version">Unix milliseconds of its last edit; 0: never edited.</param>
/// <param name="Created">When it was written, in Unix milliseconds.</param>
/// <param name="Stage">What has become of it.</param>
/// <param name="Times">The account's <see cref="KnownAccount.Times"/> under which it was sent.</param>
internal sealed record KnownPost(string Status, long Version, long Created, PostStage Stage, int Times = 0);

/// <summary>A token that is to be given back to the server.</summary>
/// <param name="Row">Which row.</param>
/// <param name="Token">Secret; absent if it cannot be decrypted.</param>
internal sealed record OldToken(long Row, string? Token);

/// <summary>What has become of a version of a post.</summary>
internal enum PostStage
{
    /// <summary>It may have been sent. Written before it is, so that whatever happens then, it can be taken back.</summary>
    Sending = 0,

    /// <summary>The silo has it.</summary>
    Sent = 1,

    /// <summary>It is to be taken back.</summary>
    Gone = 2,
}
