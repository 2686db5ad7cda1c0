using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Benchmarks.Load;

/// <summary>GetContext with its answer left as it came, so that the load spends as little on it as on a baseline's: its processor is the server's too.</summary>
internal sealed class UnreadContexts(CallInvoker invoker)
{
    private static readonly Method<GetContextRequest, byte[]> _method = new(
        MethodType.Unary,
        ContextService.Descriptor.FullName,
        "GetContext",
        Marshallers.Create((GetContextRequest request) => request.ToByteArray(), GetContextRequest.Parser.ParseFrom),
        Marshallers.Create((byte[] answer) => answer, answer => answer));

    /// <summary>The answer's bytes.</summary>
    public Task<byte[]> Get(GetContextRequest request, Metadata headers) =>
        invoker.AsyncUnaryCall(_method, null, new CallOptions(headers), request).ResponseAsync;
}
