using Grpc.Core;

namespace Grpc.Net.Client;

public sealed class GrpcChannelOptions
{
    public ChannelCredentials? Credentials { get; set; }
    public int? MaxSendMessageSize { get; set; }
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;
    public HttpClient? HttpClient { get; set; }
    public HttpMessageHandler? HttpHandler { get; set; }
    public bool DisposeHttpClient { get; set; }
    public bool ThrowOperationCanceledOnCancellation { get; set; }
    public bool UnsafeUseInsecureChannelCallCredentials { get; set; }
}
