using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>An agent's browser without the browser: signs in, opens calls and reads what is pushed to each, over HTTP as Chromium does. It has an address of its own, since attempts to sign in are counted by address.</summary>
internal sealed partial class AgentBrowser : IDisposable
{
    private readonly HttpClient _http;
    private readonly Dictionary<string, string> _cookies = [];

    /// <summary>The agent's browser number <paramref name="number"/>, from 0.</summary>
    public AgentBrowser(Uri pages, int number)
    {
        var address = new IPAddress([127, 0, (byte)(1 + (number / 250)), (byte)(1 + (number % 250))]);
        _http = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectCallback = (context, stop) => Connect(address, context, stop),
            ResponseDrainTimeout = TimeSpan.Zero, // a stream that is closed has no end to wait for
        })
        {
            BaseAddress = pages,
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    /// <summary>Signs in as the demo's agent of acme.</summary>
    public Task SignIn() => Post("/demo", ("person", "agent-acme"));

    /// <summary>Opens a call and its screen, which then hears what is pushed.</summary>
    public async Task<AgentScreen> Open(string address)
    {
        using var begun = await Post("/agent", ("find", address));
        var call = begun.Headers.Location!.ToString();
        await Get(call);
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{call}/live");
        AddCookies(request);
        var answer = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        answer.EnsureSuccessStatusCode();
        return new AgentScreen(address, answer);
    }

    private static async ValueTask<Stream> Connect(IPAddress from, SocketsHttpConnectionContext context, CancellationToken stop)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(IPAddress.Parse(context.DnsEndPoint.Host), context.DnsEndPoint.Port, stop);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private async Task<string> Get(string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, path);
        using var answer = await Send(request);
        answer.EnsureSuccessStatusCode();
        return await answer.Content.ReadAsStringAsync();
    }

    private async Task<HttpResponseMessage> Post(string path, params (string Name, string Value)[] fields)
    {
        var token = FormToken().Match(await Get(path)).Groups["token"].Value;
        using var request = new HttpRequestMessage(HttpMethod.Post, path)
        {
            Content = new FormUrlEncodedContent(fields.Append(("form", token)).Select(field => KeyValuePair.Create(field.Item1, field.Item2))),
        };
        var answer = await Send(request);
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode);
        return answer;
    }

    private async Task<HttpResponseMessage> Send(HttpRequestMessage request)
    {
        AddCookies(request);
        var answer = await _http.SendAsync(request);
        foreach (var cookie in answer.Headers.TryGetValues("Set-Cookie", out var set) ? set : [])
        {
            var pair = cookie.Split(';')[0].Split('=', 2);
            _cookies[pair[0]] = pair[1];
        }

        return answer;
    }

    private void AddCookies(HttpRequestMessage request)
    {
        if (_cookies.Count > 0)
        {
            request.Headers.Add("Cookie", string.Join("; ", _cookies.Select(cookie => $"{cookie.Key}={cookie.Value}")));
        }
    }

    [GeneratedRegex("""name="form" type="hidden" value="(?<token>[^"]+)""")]
    private static partial Regex FormToken();
}
