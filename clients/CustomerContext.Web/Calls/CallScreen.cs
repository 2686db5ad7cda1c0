using System.Globalization;
using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Facets;
using CustomerContext.Web.Pages;
using CustomerContext.Web.Queues;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Calls;

/// <summary>An agent's screen during a call, as events.</summary>
internal sealed class CallScreen(Silo silo, Fragments fragments, Prompts prompts, Phrases words, TimeProvider time, ILogger<CallScreen> log)
{
    /// <summary>What is shown of the customer: all events until the call is over for this screen, or the reader has gone.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(OpenCall call, [EnumeratorCancellation] CancellationToken stop)
    {
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

    /// <summary>How the request for consent stands: once there is an answer, or its time is up, the page is loaded anew.</summary>
    public async IAsyncEnumerable<SseItem<string>> Await(OpenCall call, [EnumeratorCancellation] CancellationToken stop)
    {
        if (call.Asked is not { } asked)
        {
            yield break;
        }

        await using var states = silo.Client.WatchRequestAsync(asked.RequestId, stop).GetAsyncEnumerator(stop);
        while (call.Asked?.State == ConsentRequestState.Waiting)
        {
            var (next, fault) = await Next(states);
            if (next is null)
            {
                if (fault is not null)
                {
                    yield return Broken(fault);
                }

                yield break;
            }

            call.Take(next);
            yield return new SseItem<string>("", "back");
        }

        yield return new SseItem<string>("", "reload");
    }

    private async Task<(T? Event, CustomerContextException? Fault)> Next<T>(IAsyncEnumerator<T> watch)
        where T : class
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
        WatchEvent.Changed changed => await Show(call, changed.Frame.Brief, FacetBlock.Of(changed.Current, changed.Frame.Withheld, changed.Frame.Absent, Reader(changed.Frame.Brief?.CallMe ?? ""))),
        WatchEvent.Interrupted => [new SseItem<string>(words["connection.lost"], "lost")],
        WatchEvent.Resumed => [new SseItem<string>("", "back")],
        WatchEvent.Ended ended => await Dark(call, words.Find($"ended.{ended.Reason}") ?? words["ended.GrantRevoked"]),
        _ => [],
    };

    private async Task<IReadOnlyList<SseItem<string>>> Over(OpenCall call, CustomerContextException error) =>
        error is ConsentRequiredException ? await Dark(call, words["ended.GrantRevoked"]) : [Broken(error)];

    /// <summary>What may pass is asked anew by the browser; anything else is over.</summary>
    private SseItem<string> Broken(CustomerContextException error) =>
        error is ServerUnavailableException or RateLimitedException ? new(words["connection.lost"], "lost") : new(PageError.Of(error, words).Words, "over");

    /// <summary>All blocks dark in their places, without the name that was shared, and one line about it.</summary>
    private async Task<IReadOnlyList<SseItem<string>>> Dark(OpenCall call, string why)
    {
        var items = new List<SseItem<string>>
        {
            new(await fragments.Render("_Who", ""), "block"),
            new(await fragments.Render("_Brief", new BriefBlock(null, time.GetUtcNow())), "block"),
        };
        foreach (var block in FacetBlock.Dark(Reader("")))
        {
            items.Add(new SseItem<string>(await fragments.Render("_Block", block), "block"));
        }

        call.GoDark(why, time.GetUtcNow());
        items.Add(new SseItem<string>(await fragments.Render("_Held", new HeldBlock(call.Held, time.GetUtcNow())), "block"));
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
            items.Add(new SseItem<string>(await fragments.Render("_Brief", new BriefBlock(brief, time.GetUtcNow(), call, prompts.AreOff)), "block"));
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

    private BlockReader Reader(string whose) => new(false, time.GetUtcNow(), whose);
}
