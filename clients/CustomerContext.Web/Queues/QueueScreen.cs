using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CustomerContext.Client;
using CustomerContext.Web.Calls;
using CustomerContext.Web.Pages;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Queues;

/// <summary>A company's queue on an agent's screen.</summary>
internal sealed class QueueScreen(Silo silo, OpenCalls calls, Fragments fragments, Phrases words, IHttpContextAccessor accessor, TimeProvider time, ILogger<QueueScreen> log)
{
    /// <summary>A burst of changes is shown once.</summary>
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(1);

    /// <summary>What waits now.</summary>
    /// <exception cref="CustomerContextException">The silo refuses, or is away.</exception>
    public async Task<QueueBlock> Read(QueueChoice choice, CancellationToken stop)
    {
        var works = await silo.Client.Work.ListAsync(choice.Purpose, choice.Queue, stop).Take(QueueBlock.MaxShown + 1).ToListAsync(stop);
        return new QueueBlock([.. works.Take(QueueBlock.MaxShown)], works.Count > QueueBlock.MaxShown, calls.HeldBy(Visitor.SessionOf(accessor.HttpContext!.User)), time.GetUtcNow());
    }

    /// <summary>The whole list anew whenever something in it changes, until the reader has gone or the silo ends the stream; the browser then asks anew. A heartbeat counts: ages grow.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(QueueChoice choice, [EnumeratorCancellation] CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var changes = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
        var listening = Listen(choice, changes.Writer, end.Token);
        var said = -1;
        try
        {
            await foreach (var _ in changes.Reader.ReadAllAsync(stop))
            {
                var (block, fault) = await TryRead(choice, stop);
                if (block is null)
                {
                    yield return fault is ServerUnavailableException or RateLimitedException ? new(words["connection.lost"], "lost") : new(PageError.Of(fault!, words).Words, "over");
                    yield break;
                }

                yield return new SseItem<string>("", "back");
                yield return new SseItem<string>(await fragments.Render("_Queue", block), "block");
                if (said >= 0 && said != block.Works.Count)
                {
                    yield return new SseItem<string>(words.Count("queue.news", block.Works.Count), "say");
                }

                said = block.Works.Count;
                await Task.Delay(_rest, time, stop);
            }
        }
        finally
        {
            await end.CancelAsync();
            await listening;
        }
    }

    private async Task<(QueueBlock? Block, CustomerContextException? Fault)> TryRead(QueueChoice choice, CancellationToken stop)
    {
        try
        {
            return (await Read(choice, stop), null);
        }
        catch (CustomerContextException error)
        {
            CallLog.WatchFailed(log, error.Reason);
            return (null, error);
        }
    }

    private async Task Listen(QueueChoice choice, ChannelWriter<bool> changes, CancellationToken end)
    {
        try
        {
            await foreach (var _ in silo.Client.Work.WatchAsync(choice.Purpose, choice.Queue, end))
            {
                changes.TryWrite(true);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone.
        }
        catch (CustomerContextException error)
        {
            CallLog.WatchFailed(log, error.Reason);
        }
        finally
        {
            changes.TryComplete();
        }
    }
}
