using System.Buffers.Binary;
using System.Net;
using System.Net.Http.Headers;

namespace CustomerContext.Standins.Tests.Grpc;

/// <summary>A request made by hand, for what no gRPC client would send.</summary>
internal sealed class RawCall(Uri address) : IDisposable
{
    private readonly HttpClient _client = new() { BaseAddress = address };

    public HttpMethod Method { get; init; } = HttpMethod.Post;
    public Version Version { get; init; } = HttpVersion.Version20;
    public string Path { get; init; } = "/probe.Probe/Ask";
    public string? ContentType { get; init; } = "application/grpc";
    public IDictionary<string, string> Headers { get; } = new Dictionary<string, string>();

    public static byte[] Frame(byte[] message, byte flag = 0)
    {
        var frame = new byte[message.Length + 5];
        frame[0] = flag;
        BinaryPrimitives.WriteInt32BigEndian(frame.AsSpan(1), message.Length);
        message.CopyTo(frame, 5);
        return frame;
    }

    /// <summary>The response, read to its end.</summary>
    public async Task<HttpResponseMessage> SendAsync(byte[] body)
    {
        using var request = new HttpRequestMessage(Method, Path) { Version = Version, VersionPolicy = HttpVersionPolicy.RequestVersionExact };
        request.Content = new ByteArrayContent(body);
        request.Content.Headers.ContentType = ContentType is null ? null : MediaTypeHeaderValue.Parse(ContentType);
        foreach (var (key, value) in Headers)
        {
            request.Headers.TryAddWithoutValidation(key, value);
        }

        return await _client.SendAsync(request);
    }

    /// <summary>The status wherever it is.</summary>
    public async Task<(string? Status, string? Message)> StatusAsync(byte[] body)
    {
        using var response = await SendAsync(body);
        return (Value(response, "grpc-status"), Value(response, "grpc-message"));
    }

    public static string? Value(HttpResponseMessage response, string key) =>
        response.TrailingHeaders.TryGetValues(key, out var trailer) || response.Headers.TryGetValues(key, out trailer) ? trailer.Single() : null;

    public void Dispose() => _client.Dispose();
}
