using System.Collections.Concurrent;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Standins.Tests.Grpc;

public class InterceptorTests
{
    [Fact]
    public async Task ServerInterceptors_AllKinds_RunInOrderAroundTheHandler()
    {
        var log = new Log();
        await using var host = await ProbeHost.StartAsync(
            options =>
            {
                options.Interceptors.Add<Recorder>("outer");
                options.Interceptors.Add<Recorder>("inner");
            },
            builder => builder.Services.AddSingleton(log));

        await host.Client.AskAsync(new Question());
        using var list = host.Client.List(new Question());
        await list.ResponseStream.MoveNext();
        using var collect = host.Client.Collect();
        await collect.RequestStream.CompleteAsync();
        await collect;
        using var talk = host.Client.Talk();
        await talk.RequestStream.CompleteAsync();
        await talk.ResponseStream.MoveNext();

        Assert.Equal(
            ["outer Ask", "inner Ask", "outer List", "inner List", "outer Collect", "inner Collect", "outer Talk", "inner Talk"], log);
    }

    [Fact]
    public async Task ServerInterceptor_Throwing_SetsTheStatus()
    {
        await using var host = await ProbeHost.StartAsync(options => options.Interceptors.Add<Refuser>());

        var error = await Assert.ThrowsAsync<RpcException>(async () => await host.Client.AskAsync(new Question()));

        Assert.Equal(new(StatusCode.Unauthenticated, "who are you"), error.Status);
    }

    [Fact]
    public async Task ServerInterceptor_Registered_IsTheContainers()
    {
        var log = new Log();
        await using var host = await ProbeHost.StartAsync(
            options => options.Interceptors.Add<Recorder>(),
            builder => builder.Services.AddSingleton(new Recorder(log, "registered")));

        await host.Client.AskAsync(new Question());

        Assert.Equal(["registered Ask"], log);
    }

    [Fact]
    public async Task ClientInterceptors_AllKinds_SeeTheCall()
    {
        await using var host = await ProbeHost.StartAsync();
        var seen = new ConcurrentQueue<string?>();
        host.Script.Ask = (_, context) =>
        {
            seen.Enqueue(context.RequestHeaders.GetValue("trace"));
            return Task.FromResult(new Answer());
        };
        host.Script.List = (_, _, context) =>
        {
            seen.Enqueue(context.RequestHeaders.GetValue("trace"));
            return Task.CompletedTask;
        };
        var client = new Probe.ProbeClient(host.Channel.Intercept(new Tracer("a"), new Tracer("b")));

        await client.AskAsync(new Question());
        await Task.Run(() => client.Ask(new Question()));
        using var list = client.List(new Question());
        await list.ResponseStream.MoveNext();

        Assert.Equal(["ab", "ab", "ab"], seen);
    }

    [Fact]
    public async Task CallCredentials_OnInsecureChannel_AreSentOnlyIfAskedFor()
    {
        await using var careful = await ProbeHost.StartAsync();
        await using var careless = await ProbeHost.StartAsync(channel: new() { UnsafeUseInsecureChannelCallCredentials = true });
        var credentials = CallCredentials.FromInterceptor((context, metadata) =>
        {
            metadata.Add("authorization", $"for {context.MethodName} of {new Uri(context.ServiceUrl).AbsolutePath}");
            return Task.CompletedTask;
        });

        Assert.Null(await AuthorizationAsync(careful));
        Assert.Equal("for Ask of /probe.Probe", await AuthorizationAsync(careless));

        async Task<string?> AuthorizationAsync(ProbeHost host)
        {
            string? seen = null;
            host.Script.Ask = (_, context) =>
            {
                seen = context.RequestHeaders.GetValue("authorization");
                return Task.FromResult(new Answer());
            };
            await host.Client.AskAsync(new Question(), new CallOptions(credentials: credentials));
            return seen;
        }
    }

    internal sealed class Log : ConcurrentQueue<string>;

    internal sealed class Recorder(Log log, string name) : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(request, context);
        }

        public override Task<TResponse> ClientStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, ServerCallContext context, ClientStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(requestStream, context);
        }

        public override Task ServerStreamingServerHandler<TRequest, TResponse>(
            TRequest request, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            ServerStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(request, responseStream, context);
        }

        public override Task DuplexStreamingServerHandler<TRequest, TResponse>(
            IAsyncStreamReader<TRequest> requestStream, IServerStreamWriter<TResponse> responseStream, ServerCallContext context,
            DuplexStreamingServerMethod<TRequest, TResponse> continuation)
        {
            Note(context);
            return continuation(requestStream, responseStream, context);
        }

        private void Note(ServerCallContext context) => log.Enqueue($"{name} {context.Method.Split('/')[^1]}");
    }

    internal sealed class Refuser : Interceptor
    {
        public override Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation) =>
            throw new RpcException(new Status(StatusCode.Unauthenticated, "who are you"));
    }

    private sealed class Tracer(string name) : Interceptor
    {
        public override TResponse BlockingUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, BlockingUnaryCallContinuation<TRequest, TResponse> continuation) =>
            continuation(request, Traced(context));

        public override AsyncUnaryCall<TResponse> AsyncUnaryCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context, AsyncUnaryCallContinuation<TRequest, TResponse> continuation)
        {
            var call = continuation(request, Traced(context));
            return new AsyncUnaryCall<TResponse>(call.ResponseAsync, call.ResponseHeadersAsync, call.GetStatus, call.GetTrailers, call.Dispose);
        }

        public override AsyncServerStreamingCall<TResponse> AsyncServerStreamingCall<TRequest, TResponse>(
            TRequest request, ClientInterceptorContext<TRequest, TResponse> context,
            AsyncServerStreamingCallContinuation<TRequest, TResponse> continuation) => continuation(request, Traced(context));

        private ClientInterceptorContext<TRequest, TResponse> Traced<TRequest, TResponse>(ClientInterceptorContext<TRequest, TResponse> context)
            where TRequest : class
            where TResponse : class
        {
            var trace = context.Options.Headers?.GetValue("trace") + name;
            return new(context.Method, context.Host, context.Options.WithHeaders(new Metadata { { "trace", trace } }));
        }
    }
}
