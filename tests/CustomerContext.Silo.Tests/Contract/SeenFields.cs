using System.Collections;
using System.Collections.Concurrent;
using System.Reflection;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Core.Interceptors;

namespace CustomerContext.Silo.Tests.Contract;

/// <summary>Notes which fields of the contract were set in what a client sent and got.</summary>
internal sealed class SeenFields : Interceptor
{
    private readonly ConcurrentDictionary<string, bool> _seen = new();

    /// <summary>Every field of every message that a method of the contract takes or gives, as "Message.field".</summary>
    public static IReadOnlyCollection<string> OfTheContract { get; } = All();

    /// <summary>Those that were set at least once.</summary>
    public IEnumerable<string> Seen => _seen.Keys;

    public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
    {
        Note(request);
        var call = continuation(request, context);
        return new(Noted(call.ResponseAsync), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
        TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        Note(request);
        var call = continuation(request, context);
        return new(new Reader<TResponse>(call.ResponseStream, this), call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
    }

    public override AsyncDuplexStreamingCall<TRequest, TResponse> AsyncDuplexStreamingCall<TRequest, TResponse>(
        ClientInterceptorContext<TRequest, TResponse> context, AsyncDuplexStreamingCallContinuation<TRequest, TResponse> continuation)
    {
        var call = continuation(context);
        return new(
            new Writer<TRequest>(call.RequestStream, this),
            new Reader<TResponse>(call.ResponseStream, this),
            call.ResponseHeadersAsync,
            call.GetStatus,
            call.GetTrailers,
            call.Dispose);
    }

    private async Task<T> Noted<T>(Task<T> response)
    {
        var message = await response;
        Note(message);
        return message;
    }

    private void Note(object? message)
    {
        if (message is not IMessage known || !IsOurs(known.Descriptor))
        {
            return;
        }

        foreach (var field in known.Descriptor.Fields.InDeclarationOrder())
        {
            var value = field.Accessor.GetValue(known);
            if (!IsSet(field, known, value))
            {
                continue;
            }

            _seen[NameOf(field)] = true;
            foreach (var part in value as IList ?? new[] { value })
            {
                Note(part);
            }
        }
    }

    private static bool IsSet(FieldDescriptor field, IMessage message, object? value) => value switch
    {
        IList list => list.Count > 0,
        _ when field.HasPresence => field.Accessor.HasValue(message),
        string text => text.Length > 0,
        ByteString bytes => !bytes.IsEmpty,
        bool flag => flag,
        _ => Convert.ToDouble(value, System.Globalization.CultureInfo.InvariantCulture) != 0,
    };

    private static bool IsOurs(MessageDescriptor message) => message.File.Package == ConsentService.Descriptor.File.Package;

    private static string NameOf(FieldDescriptor field) => $"{field.ContainingType.Name}.{field.Name}";

    private static HashSet<string> All()
    {
        var services = typeof(ConsentService).Assembly.GetTypes()
            .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null))
            .OfType<ServiceDescriptor>();
        var (messages, fields) = (new HashSet<MessageDescriptor>(), new HashSet<string>());
        foreach (var method in services.SelectMany(service => service.Methods))
        {
            Add(method.InputType);
            Add(method.OutputType);
        }

        return fields;

        void Add(MessageDescriptor message)
        {
            if (!IsOurs(message) || !messages.Add(message))
            {
                return;
            }

            foreach (var field in message.Fields.InDeclarationOrder())
            {
                fields.Add(NameOf(field));
                if (field.FieldType == FieldType.Message)
                {
                    Add(field.MessageType);
                }
            }
        }
    }

    private sealed class Reader<T>(IAsyncStreamReader<T> inner, SeenFields seen) : IAsyncStreamReader<T>
    {
        public T Current => inner.Current;

        public async Task<bool> MoveNext(CancellationToken cancellationToken)
        {
            var isMore = await inner.MoveNext(cancellationToken);
            if (isMore)
            {
                seen.Note(inner.Current);
            }

            return isMore;
        }
    }

    private sealed class Writer<T>(IClientStreamWriter<T> inner, SeenFields seen) : IClientStreamWriter<T>
    {
        public WriteOptions? WriteOptions
        {
            get => inner.WriteOptions;
            set => inner.WriteOptions = value;
        }

        public Task CompleteAsync() => inner.CompleteAsync();

        public Task WriteAsync(T message)
        {
            seen.Note(message);
            return inner.WriteAsync(message);
        }
    }
}
