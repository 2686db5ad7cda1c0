using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CustomerContext.Client;
using CustomerContext.Web.Facets;
using CustomerContext.Web.Pages;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Calls;

/// <summary>An agent's screen during a call, as events.</summary>
internal sealed class CallScreen(Silo silo, Fragments fragments, Phrases words, TimeProvider time, ILogger<CallScreen> log)
{
    /// <summary>All events until the call is over for this screen, or the reader has gone.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(OpenCall call, [EnumeratorCancellation] CancellationToken stop)
    {
        var events = silo.Client.Customer(call.Subject).WatchAsync(call.Purpose, new LookupOptions { InteractionId = call.Id }, stop);
        await using var watch = events.GetAsyncEnumerator(stop);
        while (true)
        {
            var (next, fault) = await Next(watch);
            if (next is null)
            {
                foreach (var item in fault is null ? [] : await Over(call, fault))
                {
                    yield return item;
                }

                yield break;
            }

            foreach (var item in await ItemsOf(call, next))
            {
                yield return item;
            }
        }
    }

    private async Task<(WatchEvent? Event, CustomerContextException? Fault)> Next(IAsyncEnumerator<WatchEvent> watch)
    {
        try
        {
            return (await watch.MoveNextAsync() ? watch.Current : null, null);
        }
        catch (OperationCanceledException)
        {
            return (null, null);
        }
        catch (CustomerContextException error)
        {
            CallLog.WatchFailed(log, error.Reason);
            return (null, error);
        }
    }

    private async Task<IReadOnlyList<SseItem<string>>> ItemsOf(OpenCall call, WatchEvent happened) => happened switch
    {
        WatchEvent.Changed changed => await Show(call, FacetBlock.Of(changed.Current, changed.Frame.Withheld, Reader())),
        WatchEvent.Interrupted => [new SseItem<string>(words["connection.lost"], "lost")],
        WatchEvent.Resumed => [new SseItem<string>("", "back")],
        WatchEvent.Ended ended => [.. await Show(call, FacetBlock.Dark(Reader())), new SseItem<string>(words.Find($"ended.{ended.Reason}") ?? words["ended.GrantRevoked"], "over")],
        _ => [],
    };

    /// <summary>What may pass is asked anew by the browser; anything else is over.</summary>
    private async Task<IReadOnlyList<SseItem<string>>> Over(OpenCall call, CustomerContextException error) => error switch
    {
        ServerUnavailableException or RateLimitedException => [new SseItem<string>(words["connection.lost"], "lost")],
        ConsentRequiredException => [.. await Show(call, FacetBlock.Dark(Reader())), new SseItem<string>(words["ended.GrantRevoked"], "over")],
        _ => [new SseItem<string>(PageError.Of(error, words).Words, "over")],
    };

    private async Task<IReadOnlyList<SseItem<string>>> Show(OpenCall call, IReadOnlyList<FacetBlock> blocks)
    {
        var items = new List<SseItem<string>> { new("", "back") };
        var before = call.Changes;
        foreach (var block in blocks)
        {
            call.Note(block.Name, InShort.Of(block, words), time.GetUtcNow());
            items.Add(new SseItem<string>(await fragments.Render("_Block", block), "block"));
        }

        if (call.Changes.Count > 0 && !call.Changes.SequenceEqual(before))
        {
            var latest = call.Changes[0];
            items.Add(new SseItem<string>(await fragments.Render("_SinceCallBegan", call), "block"));
            items.Add(new SseItem<string>(words["live.changed", words[$"facet.{latest.Block}"], latest.Words], "say"));
        }

        return items;
    }

    private BlockReader Reader() => new(false, time.GetUtcNow());
}
