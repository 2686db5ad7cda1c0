using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Streams;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>Opens watches, and runs them as long as grant, configuration, token and reader allow.</summary>
internal sealed class WatchStreams(
    AnswerTranslator answers, CurrentAccess access, RefusalFloor floor, PushLoop pushes, WatchMetrics metrics, TimeProvider time)
{
    /// <summary>Pushes what <paramref name="read"/> asks for to <paramref name="stream"/> until it ends.</summary>
    /// <exception cref="RpcException">The watch may not be opened.</exception>
    public async Task Run(
        ICustomerGrain customer,
        CheckedRead read,
        Caller caller,
        string resumeToken,
        IServerStreamWriter<WatchContextResponse> stream,
        long arrived,
        CancellationToken left)
    {
        // Held before the watch is opened: whatever changes from here on reaches it.
        using var permit = caller is TenantCaller actor ? access.Permit(actor, read.Look.Read.Purpose!.Value) : null;
        var opened = await customer.OpenWatch(new WatchRequest(read.Look, caller.Until));
        if (!opened.IsOk)
        {
            throw await floor.Refused(opened.Refusal, arrived);
        }

        var frames = new FrameTranslator(answers, read, resumeToken);
        var source = new WatchStream(customer, opened.Value, frames, metrics, time);
        await pushes.Run(source, stream, caller.Until, left, permit?.Ended ?? CancellationToken.None);
    }
}
