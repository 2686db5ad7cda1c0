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
        var channel = Channel.CreateBounded<SseItem<string>>(1);
        var both = Task.WhenAll(Pump(WatchLooks(end.Token), channel.Writer, end), Pump(WatchRequests(end.Token), channel.Writer, end));
        try
        {
            await foreach (var item in channel.Reader.ReadAllAsync(stop))
            {
                yield return item;
            }
        }
        finally
        {
            await end.CancelAsync();
            await both;
        }
    }

    private async Task Pump(IAsyncEnumerable<SseItem<string>> items, ChannelWriter<SseItem<string>> writer, CancellationTokenSource end)
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

        writer.TryComplete();
        await end.CancelAsync();
    }

    private async IAsyncEnumerable<SseItem<string>> WatchLooks([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var page in silo.Client.Me.ListDisclosuresAsync(null, stop))
        {
            _looks.AddRange(page.Disclosures.Where(LookWords.IsLook).Take(Looks));
            break;
        }

        await foreach (var message in silo.Client.Me.WatchDisclosuresAsync(cancellation: stop))
        {
            if (message.Disclosure is { } look && LookWords.IsLook(look))
            {
                _looks.Insert(0, look);
                _looks.RemoveRange(Math.Min(Looks, _looks.Count), Math.Max(0, _looks.Count - Looks));
                yield return new SseItem<string>(await fragments.Render("_Looks", _looks), "block");
                yield return new SseItem<string>(LookWords.Of(look, words), "say");
            }
        }
    }

    private async IAsyncEnumerable<SseItem<string>> WatchRequests([EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var message in silo.Client.Me.WatchRequestsAsync(cancellation: stop))
        {
            if (message.ConsentRequest is { } request)
            {
                _requests.RemoveAll(waiting => waiting.ConsentRequestId == request.ConsentRequestId);
                _requests.Add(request);
                yield return new SseItem<string>(words["waiting.new", words.Company(request.Tenant)], "say");
            }
            else if (message.SettledId.Length == 0 || _requests.RemoveAll(waiting => waiting.ConsentRequestId == message.SettledId) == 0)
            {
                continue;
            }

            yield return new SseItem<string>(await fragments.Render("_Waiting", _requests), "block");
        }
    }
}
