using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using CustomerContext.Client;
using CustomerContext.V1;
using CustomerContext.Web.Calls;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Consent;

/// <summary>The customer's home as events: each look as it is made, and each request as it comes.</summary>
internal sealed class HomeScreen(Silo silo, Fragments fragments, Phrases words, ILogger<HomeScreen> log)
{
    /// <summary>Looks on the home page.</summary>
    public const int Looks = 5;

    private readonly List<Disclosure> _looks = [];
    private readonly List<ConsentRequest> _requests = [];

    /// <summary>All events until the reader has gone or the silo ends a stream; the browser then asks anew.</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch([EnumeratorCancellation] CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var news = Channel.CreateBounded<News>(1);
        var both = Task.WhenAll(Pump(ReadLooks(end.Token), news.Writer, end), Pump(ReadRequests(end.Token), news.Writer, end));
        try
        {
            // Both streams are rendered here, one after the other: a request's services are for one thread.
            await foreach (var item in news.Reader.ReadAllAsync(stop))
            {
                foreach (var shown in await Show(item))
                {
                    yield return shown;
                }
            }
        }
        finally
        {
            await end.CancelAsync();
            await both;
        }
    }

    private async Task Pump(IAsyncEnumerable<News> items, ChannelWriter<News> writer, CancellationTokenSource end)
    {
        try
        {
            await foreach (var item in items)
            {
                await writer.WriteAsync(item, end.Token);
            }
        }
        catch (OperationCanceledException)
        {
            // The reader has gone, or the other stream ended.
        }
        catch (CustomerContextException error)
        {
            CallLog.WatchFailed(log, error.Reason);
        }
        finally
        {
            writer.TryComplete();
            await end.CancelAsync();
        }
    }

    private async IAsyncEnumerable<News> ReadLooks([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in silo.Client.Me.ListDisclosuresAsync(null, stop))
        {
            yield return new News.Before([.. page.Disclosures.Where(LookWords.IsLook).Take(Looks)]);
            break;
        }

        await foreach (var message in silo.Client.Me.WatchDisclosuresAsync(cancellation: stop))
        {
            if (message.Disclosure is { } look && LookWords.IsLook(look))
            {
                yield return new News.Looked(look);
            }
        }
    }

    private async IAsyncEnumerable<News> ReadRequests([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var message in silo.Client.Me.WatchRequestsAsync(cancellation: stop))
        {
            if (message.ConsentRequest is { } request)
            {
                yield return new News.Asked(request);
            }
            else if (message.SettledId.Length > 0)
            {
                yield return new News.Settled(message.SettledId);
            }
        }
    }

    private async Task<IReadOnlyList<SseItem<string>>> Show(News news)
    {
        switch (news)
        {
            case News.Before before:
                _looks.AddRange(before.Looks);
                return [];
            case News.Looked(var look):
                _looks.Insert(0, look);
                _looks.RemoveRange(Math.Min(Looks, _looks.Count), Math.Max(0, _looks.Count - Looks));
                return [await Block("_Looks", _looks), Say(LookWords.Of(look, words))];
            case News.Asked(var request):
                _requests.RemoveAll(waiting => waiting.ConsentRequestId == request.ConsentRequestId);
                _requests.Add(request);
                return [Say(words["waiting.new", words.Company(request.Tenant)]), await Block("_Waiting", _requests)];
            case News.Settled(var id) when _requests.RemoveAll(waiting => waiting.ConsentRequestId == id) > 0:
                return [await Block("_Waiting", _requests)];
            default:
                return [];
        }
    }

    private async Task<SseItem<string>> Block(string name, object model) => new(await fragments.Render(name, model), "block");

    private static SseItem<string> Say(string what) => new(what, "say");

    /// <summary>What one of the two streams tells.</summary>
    private abstract record News
    {
        /// <summary>The looks that were there before, newest first.</summary>
        public sealed record Before(IReadOnlyList<Disclosure> Looks) : News;

        /// <summary>Somebody looked.</summary>
        public sealed record Looked(Disclosure Look) : News;

        /// <summary>Somebody asks.</summary>
        public sealed record Asked(ConsentRequest Request) : News;

        /// <summary>A request waits no more.</summary>
        public sealed record Settled(string Id) : News;
    }
}
