using System.Security.Cryptography;
using CustomerContext.Connectors.Mastodon;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Data.Sqlite;

namespace CustomerContext.Connectors.State;

/// <summary>
/// What this process remembers, in one SQLite file that only its owner can read: its registrations, who connected (their token encrypted), and which posts were sent, without a word of them. Every change is durable
/// when its method returns.
/// </summary>
internal sealed class StateFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS apps (network TEXT NOT NULL PRIMARY KEY, host TEXT NOT NULL, redirect TEXT NOT NULL, client_id TEXT NOT NULL, client_secret TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS accounts (network TEXT NOT NULL, account TEXT NOT NULL, token TEXT, begun INTEGER NOT NULL, since INTEGER NOT NULL, earliest INTEGER NOT NULL, newest TEXT, checked INTEGER NOT NULL,
          times INTEGER NOT NULL, missed INTEGER NOT NULL, missing INTEGER NOT NULL, PRIMARY KEY (network, account)) STRICT;
        CREATE TABLE IF NOT EXISTS revoking (row INTEGER NOT NULL PRIMARY KEY, network TEXT NOT NULL, token TEXT NOT NULL) STRICT;
        CREATE TABLE IF NOT EXISTS posts (network TEXT NOT NULL, account TEXT NOT NULL, status TEXT NOT NULL, version INTEGER NOT NULL, created INTEGER NOT NULL, stage INTEGER NOT NULL, times INTEGER NOT NULL,
          PRIMARY KEY (network, account, status, version, times)) STRICT;
        """;

    private readonly SqliteConnection _file;
    private readonly IDataProtector _secrets;
    private readonly Lock _one = new();

    /// <summary>Opens the file in <paramref name="folder"/>; makes it if it is not there.</summary>
    public StateFile(string folder, IDataProtectionProvider protection)
    {
        _secrets = protection.CreateProtector("tokens");
        var path = Path.Combine(folder, "state.db");
        if (!File.Exists(path))
        {
            using var made = new FileStream(path, OperatingSystem.IsWindows()
                ? new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write }
                : new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite });
        }

        _file = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path }.ToString());
        _file.Open();

        // What is deleted is overwritten: a token that was given back must not be found in a copy of the file.
        Run("PRAGMA journal_mode = DELETE; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON;");
        Run(Schema);
    }

    /// <summary>This process as an application of a network's server; absent: not registered there, or for another way back, or its secret cannot be decrypted.</summary>
    public AppAnswer? App(string network, Uri host, Uri redirect) => Read(
        "SELECT client_id, client_secret FROM apps WHERE network = $1 AND host = $2 AND redirect = $3",
        row => Secret(row, 1) is { } secret ? new AppAnswer(row.GetString(0), secret) : null,
        network,
        host.Authority,
        redirect.AbsoluteUri).FirstOrDefault();

    /// <summary>Remembers a registration.</summary>
    public void SetApp(string network, Uri host, Uri redirect, AppAnswer app) => Run(
        "INSERT OR REPLACE INTO apps VALUES ($1, $2, $3, $4, $5)", network, host.Authority, redirect.AbsoluteUri, app.ClientId, _secrets.Protect(app.ClientSecret));

    /// <summary>Somebody has shown that an account is theirs; whether they connected it, the silo says later. A token from before is replaced, and to be given back.</summary>
    public void AddAccount(string network, string account, string token, DateTimeOffset now) => All(
        ("INSERT INTO revoking (network, token) SELECT network, token FROM accounts WHERE network = $1 AND account = $2 AND token IS NOT NULL", [network, account]),
        ("INSERT INTO accounts VALUES ($1, $2, $3, $4, 0, 0, NULL, 0, 0, 0, 0) ON CONFLICT (network, account) DO UPDATE SET token = excluded.token, begun = excluded.begun, checked = 0",
            [network, account, _secrets.Protect(token), now.ToUnixTimeMilliseconds()]));

    /// <summary>Everybody of a network.</summary>
    public IReadOnlyList<KnownAccount> Accounts(string network) => Read(
        "SELECT account, token, begun, since, earliest, newest, checked, times, missed, missing FROM accounts WHERE network = $1 ORDER BY account",
        row => new KnownAccount(
            network, row.GetString(0), Secret(row, 1), row.GetInt64(2), row.GetInt64(3), row.GetInt64(4), row.IsDBNull(5) ? null : row.GetString(5), row.GetInt64(6), row.GetInt32(7), row.GetInt32(8), row.GetInt64(9)),
        network);

    /// <summary>The account is connected since then; what was sent under an earlier connection is forgotten here as it is in the silo.</summary>
    public void Connect(KnownAccount account, long since, long earliest) => All(
        ("DELETE FROM posts WHERE network = $1 AND account = $2", [account.Network, account.Id]),
        ("UPDATE accounts SET since = $3, earliest = $4, newest = NULL, checked = 0, times = 0, missed = 0, missing = 0 WHERE network = $1 AND account = $2", [account.Network, account.Id, since, earliest]));

    /// <summary>Forgets the account and its posts; its token is to be given back. One whom somebody has shown to be theirs since it was read stays.</summary>
    public void Remove(KnownAccount account) => All(
        ("INSERT INTO revoking (network, token) SELECT network, token FROM accounts WHERE network = $1 AND account = $2 AND begun = $3 AND token IS NOT NULL", [account.Network, account.Id, account.Begun]),
        ("DELETE FROM accounts WHERE network = $1 AND account = $2 AND begun = $3", [account.Network, account.Id, account.Begun]),
        ("DELETE FROM posts WHERE network = $1 AND account = $2 AND NOT EXISTS (SELECT 1 FROM accounts WHERE network = $1 AND account = $2)", [account.Network, account.Id]));

    /// <summary>The token is good no more; what was sent stays known, so that it can be taken back. A token that came since stays.</summary>
    public void DropToken(KnownAccount account) => Run("UPDATE accounts SET token = NULL WHERE network = $1 AND account = $2 AND begun = $3", account.Network, account.Id, account.Begun);

    /// <summary>A token that belongs to no account here is to be given back.</summary>
    public void AddOldToken(string network, string token) => Run("INSERT INTO revoking (network, token) VALUES ($1, $2)", network, _secrets.Protect(token));

    /// <summary>The tokens of a network that are to be given back.</summary>
    public IReadOnlyList<OldToken> OldTokens(string network) => Read("SELECT row, token FROM revoking WHERE network = $1 ORDER BY row", row => new OldToken(row.GetInt64(0), Secret(row, 1)), network);

    /// <summary>It has been given back.</summary>
    public void Forget(OldToken token) => Run("DELETE FROM revoking WHERE row = $1", token.Row);

    /// <summary>How far an account has been read.</summary>
    public void Advance(KnownAccount account, string? newest, long earliest, long checkedAt) => Run(
        "UPDATE accounts SET newest = $3, earliest = $4, checked = $5 WHERE network = $1 AND account = $2", account.Network, account.Id, newest, earliest, checkedAt);

    /// <summary>What the last check found: at how many in a row, and since when, it seemed to be gone; both 0: it is there.</summary>
    public void Check(KnownAccount account, int missed, long missing, long checkedAt) => Run(
        "UPDATE accounts SET missed = $3, missing = $4, checked = $5 WHERE network = $1 AND account = $2", account.Network, account.Id, missed, missing, checkedAt);

    /// <summary>The posts of an account, oldest first.</summary>
    public IReadOnlyList<KnownPost> Posts(KnownAccount account) => Read(
        "SELECT status, version, created, stage, times FROM posts WHERE network = $1 AND account = $2 ORDER BY created, status, version, times",
        row => new KnownPost(row.GetString(0), row.GetInt64(1), row.GetInt64(2), (PostStage)row.GetInt32(3), row.GetInt32(4)),
        account.Network,
        account.Id);

    /// <summary>Writes where these posts are, and how often something was taken back, all at once.</summary>
    public void Set(KnownAccount account, IEnumerable<KnownPost> posts, int times) => All(
    [
        ("UPDATE accounts SET times = $3 WHERE network = $1 AND account = $2", [account.Network, account.Id, times]),
        .. posts.Select(post => (
            "INSERT OR REPLACE INTO posts VALUES ($1, $2, $3, $4, $5, $6, $7)",
            (object?[])[account.Network, account.Id, post.Status, post.Version, post.Created, (int)post.Stage, post.Times])),
    ]);

    /// <summary>Forgets these posts, all at once.</summary>
    public void Forget(KnownAccount account, IEnumerable<KnownPost> posts) => All([.. posts.Select(post => (
        "DELETE FROM posts WHERE network = $1 AND account = $2 AND status = $3 AND version = $4 AND times = $5",
        (object?[])[account.Network, account.Id, post.Status, post.Version, post.Times]))]);

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <summary>What is encrypted in a column; absent if it is empty, or was encrypted with a key that is not there any more.</summary>
    private string? Secret(SqliteDataReader row, int column)
    {
        try
        {
            return row.IsDBNull(column) ? null : _secrets.Unprotect(row.GetString(column));
        }
        catch (CryptographicException)
        {
            // As if it were not there: the person, or this process, gets a new one.
            return null;
        }
    }

    private void Run(string text, params object?[] values) => All((text, values));

    private void All(params (string Text, object?[] Values)[] changes)
    {
        lock (_one)
        {
            // Settings of the file cannot be changed within a transaction.
            using var transaction = changes.Length > 0 && changes[0].Values.Length > 0 ? _file.BeginTransaction() : null;
            foreach (var (text, values) in changes)
            {
                using var command = Command(text, values);
                command.Transaction = transaction;
                command.ExecuteNonQuery();
            }

            transaction?.Commit();
        }
    }

    private List<T> Read<T>(string text, Func<SqliteDataReader, T> read, params object?[] values)
    {
        lock (_one)
        {
            using var command = Command(text, values);
            using var rows = command.ExecuteReader();
            var all = new List<T>();
            while (rows.Read())
            {
                all.Add(read(rows));
            }

            return all;
        }
    }

    private SqliteCommand Command(string text, object?[] values)
    {
        var command = _file.CreateCommand();
        command.CommandText = text;
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters.AddWithValue($"${i + 1}", values[i] ?? DBNull.Value);
        }

        return command;
    }
}
