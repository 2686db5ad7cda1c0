using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CustomerContext.Client;
using CustomerContext.V1;
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
        if (call.Asked is { State: ConsentRequestState.Waiting } asked)
        {
            await foreach (var item in Await(call, asked, stop))
            {
                yield return item;
            }

            yield break;
        }

        var options = new LookupOptions { InteractionId = call.Interaction, Language = CultureInfo.CurrentUICulture.TwoLetterISOLanguageName };
        var events = silo.Client.Customer(call.Subject).WatchAsync(call.Purpose, options, stop);
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

    /// <summary>Nothing is shown before there is a yes; with it, or once the request is over, the page is loaded anew.</summary>
    private async IAsyncEnumerable<SseItem<string>> Await(OpenCall call, AskedConsent asked, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var states = silo.Client.WatchRequestAsync(asked.RequestId, stop).GetAsyncEnumerator(stop);
        while (call.Asked?.State == ConsentRequestState.Waiting && await NextOf(states))
        {
            call.Take(states.Current);
            yield return new SseItem<string>("", call.Asked.State == ConsentRequestState.Waiting ? "still" : "reload");
        }
    }

    private async Task<bool> NextOf(IAsyncEnumerator<ConsentRequestStatus> states)
    {
        try
        {
            return await states.MoveNextAsync();
        }
        catch (OperationCanceledException)
        {
            return false;
        }
        catch (CustomerContextException error)
        {
            CallLog.WatchFailed(log, error.Reason);
            return false;
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
        WatchEvent.Changed changed => await Show(call, changed.Frame.Brief, FacetBlock.Of(changed.Current, changed.Frame.Withheld, changed.Frame.Absent, Reader())),
        WatchEvent.Interrupted => [new SseItem<string>(words["connection.lost"], "lost")],
        WatchEvent.Resumed => [new SseItem<string>("", "back")],
        WatchEvent.Ended ended => await Dark(call, words.Find($"ended.{ended.Reason}") ?? words["ended.GrantRevoked"]),
        _ => [],
    };

    /// <summary>What may pass is asked anew by the browser; anything else is over.</summary>
    private async Task<IReadOnlyList<SseItem<string>>> Over(OpenCall call, CustomerContextException error) => error switch
    {
        ServerUnavailableException or RateLimitedException => [new SseItem<string>(words["connection.lost"], "lost")],
        ConsentRequiredException => await Dark(call, words["ended.GrantRevoked"]),
        _ => [new SseItem<string>(PageError.Of(error, words).Words, "over")],
    };

    /// <summary>All blocks dark in their places, and one line about it.</summary>
    private async Task<IReadOnlyList<SseItem<string>>> Dark(OpenCall call, string why)
    {
        var items = new List<SseItem<string>> { new(await fragments.Render("_Brief", new BriefBlock(null, time.GetUtcNow())), "block") };
        foreach (var block in FacetBlock.Dark(Reader()))
        {
            items.Add(new SseItem<string>(await fragments.Render("_Block", block), "block"));
        }

        call.GoDark(why, time.GetUtcNow());
        items.Add(new SseItem<string>(await fragments.Render("_SinceCallBegan", call), "block"));
        items.Add(new SseItem<string>(why, "over"));
        return items;
    }

    private async Task<IReadOnlyList<SseItem<string>>> Show(OpenCall call, Brief? brief, IReadOnlyList<FacetBlock> blocks)
    {
        var items = new List<SseItem<string>> { new("", "back") };
        var before = call.Changes;
        if (brief is not null)
        {
            call.Note("brief", Said.Clean(brief.Headline), time.GetUtcNow());
            items.Add(new SseItem<string>(await fragments.Render("_Who", brief.CallMe), "block"));
            items.Add(new SseItem<string>(await fragments.Render("_Brief", new BriefBlock(brief, time.GetUtcNow())), "block"));
        }

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
