using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace CustomerContext.Testing;

/// <summary>
/// A small server that speaks the documented Mastodon API, as far as a reader of posts needs it: registration, OAuth with PKCE, the account of a token, an account's posts with paging, and limits in headers. It answers with
/// everything that a real one has: posts for few people, repeated ones, HTML, and more fields than anybody asked for. A test writes, edits and deletes posts.
/// </summary>
public sealed class MastodonServer : IAsyncDisposable
{
    private const int MostInOneAnswer = 40;

    private readonly WebApplication _app;
    private readonly Lock _one = new();
    private readonly Dictionary<string, List<MastodonPost>> _posts = [];
    private readonly ConcurrentDictionary<string, (string Secret, string Redirect)> _apps = new();
    private readonly ConcurrentDictionary<string, (string Account, string Client, string Redirect, string Challenge)> _codes = new();
    private readonly ConcurrentDictionary<string, string> _tokens = new();
    private readonly ConcurrentQueue<(string Account, DateTimeOffset At)> _reads = new();
    private readonly List<(int Count, TaskCompletionSource Reached)> _waiting = [];
    private (TaskCompletionSource Arrived, TaskCompletionSource Goes)? _held;
    private readonly ConcurrentDictionary<string, Fault> _faults = new();
    private int _calls;
    private long _written;
    private (int Answers, TimeSpan RetryAfter) _refusing;
    private TaskCompletionSource<DateTimeOffset> _refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private MastodonServer(WebApplication app) => _app = app;

    /// <summary>Where it listens.</summary>
    public Uri Url => new(_app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Calls of any kind so far.</summary>
    public int Calls => Volatile.Read(ref _calls);

    /// <summary>Whose posts were read, and when.</summary>
    public IReadOnlyCollection<(string Account, DateTimeOffset At)> Reads => _reads;

    /// <summary>The tokens that are good, and whose they are.</summary>
    public IReadOnlyDictionary<string, string> Tokens => _tokens;

    /// <summary>When the refusing that was ordered last began.</summary>
    public Task<DateTimeOffset> Refused => _refused.Task.WaitAsync(TimeSpan.FromSeconds(120));

    /// <summary>Starts it on a free port.</summary>
    public static async Task<MastodonServer> Start()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var server = new MastodonServer(builder.Build());
        server.Map();
        await server._app.StartAsync();
        return server;
    }

    /// <summary>Somebody writes something. Ids ascend with time.</summary>
    public MastodonPost Write(string account, string html, DateTimeOffset at, string visibility = "public", bool isReblog = false, params string[] tags)
    {
        lock (_one)
        {
            var id = (at.ToUnixTimeMilliseconds() << 16) + (_written++ % (1 << 16));
            var post = new MastodonPost(id.ToString(CultureInfo.InvariantCulture), account, html, at, null, visibility, isReblog, tags);
            PostsOf(account).Add(post);
            return post;
        }
    }

    /// <summary>Somebody changes what they wrote.</summary>
    public void Edit(MastodonPost post, string html, DateTimeOffset at) => Replace(post, known => known with { Html = html, EditedAt = at });

    /// <summary>Somebody deletes what they wrote.</summary>
    public void Delete(MastodonPost post) => Replace(post, _ => null);

    /// <summary>The account, its posts and its tokens are no more.</summary>
    public void DeleteAccount(string account)
    {
        lock (_one)
        {
            _posts.Remove(account);
        }

        _faults[account] = Fault.Deleted;
        RevokeTokensOf(account);
    }

    /// <summary>The login of the account is disabled: whatever is asked with its token is refused with 403. It is there all the same.</summary>
    public void Disable(string account) => _faults[account] = Fault.Disabled;

    /// <summary>The list of the account's posts comes empty, though they are there and counted; until <see cref="Heal"/>.</summary>
    public void Hide(string account) => _faults[account] = Fault.Empty;

    /// <summary>As a server shows a suspended account: the list comes empty, and nothing is counted; until <see cref="Heal"/>.</summary>
    public void Suspend(string account) => _faults[account] = Fault.Suspended;

    /// <summary>All is well with it again.</summary>
    public void Heal(string account) => _faults.TryRemove(account, out _);

    /// <summary>Waits until the posts of <paramref name="account"/> were asked for so many times more.</summary>
    public async Task Read(string account, int times)
    {
        var before = _reads.Count(read => read.Account == account);
        while (_reads.Count(read => read.Account == account) < before + times)
        {
            await Called(Calls + 1);
        }
    }

    /// <summary>Takes the permission back, as its owner does at the server.</summary>
    public void RevokeTokensOf(string account)
    {
        foreach (var token in _tokens.Where(token => token.Value == account).ToArray())
        {
            _tokens.TryRemove(token);
        }
    }

    /// <summary>Refuses the next so many calls with 429.</summary>
    public void Refuse(int answers, TimeSpan retryAfter)
    {
        _refused = new TaskCompletionSource<DateTimeOffset>(TaskCreationOptions.RunContinuationsAsynchronously);
        _refusing = (answers, retryAfter);
    }

    /// <summary>Lets whoever asks for posts wait from now on, and waits until somebody does.</summary>
    /// <returns>Lets them go on.</returns>
    public async Task<Action> HoldReads()
    {
        var held = (Arrived: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), Goes: new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _held = held;
        await held.Arrived.Task.WaitAsync(TimeSpan.FromSeconds(120));
        return () =>
        {
            _held = null;
            held.Goes.TrySetResult();
        };
    }

    /// <summary>Waits until a token is good no more.</summary>
    public async Task TokenIsGone(string token)
    {
        while (_tokens.ContainsKey(token))
        {
            await Called(Calls + 1);
        }
    }

    /// <summary>Waits until there were so many calls.</summary>
    public Task Called(int count)
    {
        lock (_waiting)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _waiting.Add((count, reached));
            Tell();
            return reached.Task.WaitAsync(TimeSpan.FromSeconds(120));
        }
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync() => await _app.DisposeAsync();

    private void Map()
    {
        _app.Use(async (http, next) =>
        {
            Interlocked.Increment(ref _calls);
            var refusing = _refusing;
            if (refusing.Answers > 0)
            {
                _refusing = (refusing.Answers - 1, refusing.RetryAfter);
                _refused.TrySetResult(TimeProvider.System.GetUtcNow());
                http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
                http.Response.Headers.RetryAfter = ((int)refusing.RetryAfter.TotalSeconds).ToString(CultureInfo.InvariantCulture);
            }
            else
            {
                http.Response.Headers["X-RateLimit-Limit"] = "300";
                http.Response.Headers["X-RateLimit-Remaining"] = "299";
                http.Response.Headers["X-RateLimit-Reset"] = TimeProvider.System.GetUtcNow().AddMinutes(5).ToString("O", CultureInfo.InvariantCulture);
                await next(http);
            }

            lock (_waiting)
            {
                Tell();
            }
        });

        // As delegates: a method of the request alone would be taken for one that writes its answer itself.
        _app.MapPost("/api/v1/apps", (Delegate)Register);
        _app.MapGet("/oauth/authorize", Ask);
        _app.MapPost("/oauth/authorize", (Delegate)Allow);
        _app.MapPost("/oauth/token", (Delegate)Redeem);
        _app.MapPost("/oauth/revoke", (Delegate)Revoke);
        _app.MapGet("/api/v1/accounts/verify_credentials", (HttpContext http) => AccountOf(http) is { } account ? Results.Json(AccountBody(account)) : Unauthorized());
        _app.MapGet("/api/v1/accounts/{id}", (string id) => FaultOf(id) == Fault.Deleted ? NotFound() : Results.Json(AccountBody(id)));
        _app.MapGet("/api/v1/accounts/{id}/statuses", Statuses);
    }

    private async Task<IResult> Register(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["client_name"].Count == 0 || form["redirect_uris"].Count == 0)
        {
            return Results.Json(new { error = "Validation failed" }, statusCode: StatusCodes.Status422UnprocessableEntity);
        }

        var (id, secret) = (Random(), Random());
        _apps[id] = (secret, form["redirect_uris"].ToString());
        return Results.Json(new { id = "1", name = form["client_name"].ToString(), client_id = id, client_secret = secret, client_secret_expires_at = 0, vapid_key = "x" });
    }

    /// <summary>A page on which somebody, whom the test names, allows it or not.</summary>
    private static IResult Ask(HttpContext http)
    {
        var hidden = string.Concat(http.Request.Query.Select(one => $"<input type=hidden name=\"{one.Key}\" value=\"{System.Net.WebUtility.HtmlEncode(one.Value)}\">"));
        return Results.Content($"<!doctype html><title>Authorize</title><form method=post action=/oauth/authorize>{hidden}<label>Account <input name=account></label><button>Authorize</button></form>", "text/html");
    }

    private async Task<IResult> Allow(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        var redirect = form["redirect_uri"].ToString();
        if (!_apps.TryGetValue(form["client_id"].ToString(), out var app) || app.Redirect != redirect || form["response_type"] != "code" || form["code_challenge_method"] != "S256")
        {
            return Results.Json(new { error = "invalid_request" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var state = Uri.EscapeDataString(form["state"].ToString());
        if (form["account"].ToString() is not { Length: > 0 } account)
        {
            return Results.Redirect($"{redirect}?error=access_denied&state={state}");
        }

        var code = Random();
        _codes[code] = (account, form["client_id"].ToString(), redirect, form["code_challenge"].ToString());
        return Results.Redirect($"{redirect}?code={code}&state={state}");
    }

    private async Task<IResult> Redeem(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        if (form["grant_type"] != "authorization_code" || !IsApp(form) || !_codes.TryRemove(form["code"].ToString(), out var code) || code.Client != form["client_id"] || code.Redirect != form["redirect_uri"]
            || Base64Url.EncodeToString(SHA256.HashData(Encoding.ASCII.GetBytes(form["code_verifier"].ToString()))) != code.Challenge)
        {
            return Results.Json(new { error = "invalid_grant" }, statusCode: StatusCodes.Status400BadRequest);
        }

        var token = Random();
        _tokens[token] = code.Account;
        return Results.Json(new { access_token = token, token_type = "Bearer", scope = form["scope"].ToString(), created_at = 1 });
    }

    private async Task<IResult> Revoke(HttpContext http)
    {
        var form = await http.Request.ReadFormAsync();
        return IsApp(form) && _tokens.TryRemove(form["token"].ToString(), out _) ? Results.Json(new { }) : Results.Json(new { error = "unauthorized_client" }, statusCode: StatusCodes.Status403Forbidden);
    }

    private async Task<IResult> Statuses(HttpContext http, string id, string? max_id, string? min_id, string? since_id, int? limit, bool? exclude_reblogs)
    {
        var reader = AccountOf(http);
        if (reader is null)
        {
            return Unauthorized();
        }

        _reads.Enqueue((id, TimeProvider.System.GetUtcNow()));
        if (_held is { } held)
        {
            held.Arrived.TrySetResult();
            await held.Goes.Task;
        }

        lock (_one)
        {
            switch (FaultOf(id))
            {
                case Fault.Deleted:
                    return NotFound();
                case Fault.Disabled:
                    return Results.Json(new { error = "Your login is currently disabled" }, statusCode: StatusCodes.Status403Forbidden);
                case Fault.Empty or Fault.Suspended:
                    return Results.Json(Array.Empty<object>());
            }

            var all = PostsOf(id);

            // To its owner it shows all that they wrote, whoever may read it.
            var seen = all.OrderBy(post => Number(post.Id)).Where(post => (post.Visibility == "public" || reader == id) && !(exclude_reblogs == true && post.IsReblog)
                && !(max_id is not null && Number(post.Id) >= Number(max_id)) && !(Later(min_id, since_id) is { } after && Number(post.Id) <= Number(after)));
            var most = Math.Min(limit ?? 20, MostInOneAnswer);
            return Results.Json((min_id is not null ? seen.Take(most).Reverse() : seen.Reverse().Take(most)).Select(Body));
        }
    }

    private static string? Later(string? one, string? other) => one ?? other;

    private static long Number(string id) => long.Parse(id, CultureInfo.InvariantCulture);

    private object AccountBody(string account) => new { id = account, statuses_count = CountOf(account), username = $"user{account}", acct = $"user{account}", display_name = "Somebody", url = $"https://example.org/@user{account}" };

    private object Body(MastodonPost post) => new
    {
        id = post.Id,
        created_at = post.CreatedAt.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        edited_at = post.EditedAt?.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture),
        in_reply_to_id = (string?)null,
        sensitive = false,
        spoiler_text = "",
        visibility = post.Visibility,
        language = "en",
        uri = $"https://example.org/users/user{post.Account}/statuses/{post.Id}",
        url = $"https://example.org/@user{post.Account}/{post.Id}",
        replies_count = 0,
        content = post.Html,
        reblog = post.IsReblog ? new { id = "1", content = "<p>somebody else's words about jazz</p>" } : null,
        account = AccountBody(post.Account),
        media_attachments = Array.Empty<object>(),
        tags = post.Tags.Select(tag => new { name = tag, url = $"https://example.org/tags/{tag}" }),
    };

    private List<MastodonPost> PostsOf(string account) => _posts.TryGetValue(account, out var posts) ? posts : _posts[account] = [];

    private void Replace(MastodonPost post, Func<MastodonPost, MastodonPost?> change)
    {
        lock (_one)
        {
            var posts = PostsOf(post.Account);
            var at = posts.FindIndex(known => known.Id == post.Id);
            if (change(posts[at]) is { } changed)
            {
                posts[at] = changed;
            }
            else
            {
                posts.RemoveAt(at);
            }
        }
    }

    private bool IsApp(IFormCollection form) => _apps.TryGetValue(form["client_id"].ToString(), out var app) && app.Secret == form["client_secret"];

    private string? AccountOf(HttpContext http) =>
        http.Request.Headers.Authorization.ToString() is var header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? _tokens.GetValueOrDefault(header["Bearer ".Length..]) : null;

    private Fault FaultOf(string account) => _faults.GetValueOrDefault(account);

    private int CountOf(string account)
    {
        lock (_one)
        {
            return FaultOf(account) == Fault.Suspended ? 0 : PostsOf(account).Count;
        }
    }

    private static IResult NotFound() => Results.Json(new { error = "Record not found" }, statusCode: StatusCodes.Status404NotFound);

    private static IResult Unauthorized() => Results.Json(new { error = "The access token is invalid" }, statusCode: StatusCodes.Status401Unauthorized);

    private static string Random() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(24));

    private void Tell()
    {
        foreach (var one in _waiting.Where(one => Calls >= one.Count))
        {
            one.Reached.TrySetResult();
        }
    }

    /// <summary>What is wrong with an account.</summary>
    private enum Fault
    {
        None = 0,
        Deleted = 1,
        Disabled = 2,
        Empty = 3,
        Suspended = 4,
    }
}
