using System.Net;
using System.Net.Sockets;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>Calls any method of the contract by its descriptor, bytes in and bytes out, so that a test can go through all of them and forgets none.</summary>
/// <param name="address">Of the silo.</param>
/// <param name="from">The loopback address to call from; absent: any. What is counted by address starts anew at another one.</param>
internal sealed class AnyMethod(Uri address, IPAddress? from = null) : IDisposable
{
    private static readonly Marshaller<byte[]> _bytes = Marshallers.Create(bytes => bytes, bytes => bytes);

    private readonly GrpcChannel _channel = GrpcChannel.ForAddress(address, from is null ? new GrpcChannelOptions() : new GrpcChannelOptions
    {
        HttpHandler = new SocketsHttpHandler { ConnectCallback = (context, left) => Connect(context.DnsEndPoint, from, left) },
        DisposeHttpClient = true,
    });

    /// <summary>Every method of every service in the contract.</summary>
    public static IReadOnlyList<MethodDescriptor> All { get; } =
    [
        .. typeof(ContextService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor")?.GetValue(null))
            .OfType<FileDescriptor>()
            .Where(file => file.Package == "customercontext.v1")
            .Distinct()
            .SelectMany(file => file.Services)
            .SelectMany(service => service.Methods)
            .OrderBy(method => method.FullName, StringComparer.Ordinal),
    ];

    /// <summary>Calls <paramref name="method"/>; of a stream it waits for the first message only.</summary>
    /// <returns>The answer, empty if a stream ended without one.</returns>
    /// <exception cref="RpcException">The call was refused.</exception>
    public async Task<byte[]> Call(MethodDescriptor method, byte[] request, CallOptions options)
    {
        var invoker = _channel.CreateCallInvoker();
        var called = new Method<byte[], byte[]>(TypeOf(method), method.Service.FullName, method.Name, _bytes, _bytes);
        if (called.Type == MethodType.Unary)
        {
            return await invoker.AsyncUnaryCall(called, null, options, request);
        }

        if (called.Type == MethodType.ServerStreaming)
        {
            using var stream = invoker.AsyncServerStreamingCall(called, null, options, request);
            return await FirstOf(stream.ResponseStream);
        }

        using var both = invoker.AsyncDuplexStreamingCall(called, null, options);
        try
        {
            await both.RequestStream.WriteAsync(request);
            await both.RequestStream.CompleteAsync();
        }
        catch (Exception error) when (error is RpcException or InvalidOperationException)
        {
            // Refused before it could be sent: reading tells how.
        }

        return await FirstOf(both.ResponseStream);
    }

    public void Dispose() => _channel.Dispose();

    /// <summary>A request that names <paramref name="subject"/> wherever the method lets one be named, and has what else a caller would fill in.</summary>
    public static IMessage RequestFor(MethodDescriptor method, SubjectIdentifier? subject) => Filled(method.InputType, subject);

    private static async ValueTask<Stream> Connect(DnsEndPoint to, IPAddress from, CancellationToken left)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Bind(new IPEndPoint(from, 0));
        await socket.ConnectAsync(to.Host, to.Port, left);
        return new NetworkStream(socket, ownsSocket: true);
    }

    private static IMessage Filled(MessageDescriptor type, SubjectIdentifier? subject)
    {
        var message = (IMessage)Activator.CreateInstance(type.ClrType)!;
        foreach (var field in type.Fields.InDeclarationOrder())
        {
            if (ValueOf(field, subject) is not { } value)
            {
                continue;
            }

            if (field.IsRepeated)
            {
                ((System.Collections.IList)field.Accessor.GetValue(message)).Add(value);
            }
            else
            {
                field.Accessor.SetValue(message, value);
            }
        }

        return message;
    }

    private static object? ValueOf(FieldDescriptor field, SubjectIdentifier? subject) => field.Name switch
    {
        "request_id" => Requests.NewId(),
        "purpose" => Requests.Purpose,
        "interaction_id" => "call-1",
        "tenant" => "acme",
        "code" => "12345678",
        "grant_id" or "consent_request_id" or "work_id" or "tribe_id" => "0123456789abcdef",
        "terms" => Requests.Grant().Terms,
        "preferences" => Requests.Preferences("acme").Preferences,
        "signals" => Signal(subject),
        "identifier" => new SubjectIdentifier { Opaque = $"crm-{Requests.NewId()}" },
        _ when field.FieldType == FieldType.Message && field.MessageType.ClrType == typeof(SubjectIdentifier) => subject?.Clone(),
        _ => null,
    };

    private static Signal Signal(SubjectIdentifier? subject)
    {
        var signal = Requests.Turn("nobody@example.org", Requests.NewId(), 1);
        signal.Subject = subject?.Clone();
        return signal;
    }

    private static MethodType TypeOf(MethodDescriptor method) => (method.IsClientStreaming, method.IsServerStreaming) switch
    {
        (false, false) => MethodType.Unary,
        (false, true) => MethodType.ServerStreaming,
        (true, true) => MethodType.DuplexStreaming,
        _ => throw new NotSupportedException($"{method.FullName} is client streaming, which no method was so far."),
    };

    private static async Task<byte[]> FirstOf(IAsyncStreamReader<byte[]> stream) =>
        await stream.MoveNext(CancellationToken.None) ? stream.Current : [];
}
