using System.Collections.Concurrent;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Clients.Tests.Fakes;

/// <summary>What the fake server does, and what it was asked.</summary>
internal sealed class Script
{
    private int _calls;

    public Func<int, GetContextRequest, ServerCallContext, Task<GetContextResponse>> OnGet { get; set; } = (_, _, _) => Task.FromResult(new GetContextResponse());

    public Func<int, WatchContextRequest, IServerStreamWriter<WatchContextResponse>, ServerCallContext, Task> OnWatch { get; set; } =
        (_, _, _, _) => Task.CompletedTask;

    public Func<int, PublishSignalsRequest, ServerCallContext, Task<PublishSignalsResponse>> OnPublish { get; set; } =
        (_, request, _) => Task.FromResult(Answers.Accept(request));

    /// <summary>Answers any call of the consent and identity services by its request; an exception is thrown to the caller.</summary>
    public Func<int, IMessage, IMessage> OnOther { get; set; } = (_, request) => throw new RpcException(new Status(StatusCode.Unimplemented, request.Descriptor.Name));

    /// <summary>All requests, in order of arrival.</summary>
    public ConcurrentQueue<IMessage> Requests { get; } = new();

    /// <summary>The authorization header of each.</summary>
    public ConcurrentQueue<string?> Tokens { get; } = new();

    public IEnumerable<T> Received<T>() where T : IMessage => Requests.OfType<T>();

    /// <returns>The number of the call, from 1.</returns>
    public int Note(IMessage request, ServerCallContext context)
    {
        Requests.Enqueue(request);
        Tokens.Enqueue(context.RequestHeaders.GetValue("authorization"));
        return Interlocked.Increment(ref _calls);
    }

    public Task<TResponse> OtherAsync<TResponse>(IMessage request, ServerCallContext context) where TResponse : IMessage =>
        Task.FromResult((TResponse)OnOther(Note(request, context), request));
}
