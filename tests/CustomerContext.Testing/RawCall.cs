using System.Net;
using System.Net.Http.Headers;

namespace CustomerContext.Testing;

/// <summary>A gRPC call as bytes over HTTP/2, by somebody who keeps to no client's rules.</summary>
public static class RawCall
{
    /// <summary>The headers of the answer, as soon as they are there.</summary>
    public static async Task<HttpResponseMessage> Send(HttpClient http, Uri silo, string method, HttpContent body, string? token = null, CancellationToken stop = default)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(silo, method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = body,
        };
        body.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.Add(new TransferCodingWithQualityHeaderValue("trailers"));
        if (token is not null)
        {
            request.Headers.TryAddWithoutValidation("authorization", $"Bearer {token}");
        }

        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
    }

    /// <summary>The status of an answer that has no message.</summary>
    public static string StatusOf(HttpResponseMessage answer) => answer.Headers.TryGetValues("grpc-status", out var status) ? status.Single() : "none";
}

/// <summary>A message that says that it is <paramref name="claimed"/> bytes long, of which <paramref name="sent"/> are sent, and then nothing.</summary>
public sealed class EndlessMessage(int claimed, int sent, CancellationToken stop) : HttpContent
{
    private const int HeaderBytes = 5;
    private const int LengthAt = 1;

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
    {
        var bytes = new byte[HeaderBytes + sent];
        System.Buffers.Binary.BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(LengthAt), claimed);
        await stream.WriteAsync(bytes, stop);
        await stream.FlushAsync(stop);
        var never = new TaskCompletionSource();
        await never.Task.WaitAsync(stop);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
