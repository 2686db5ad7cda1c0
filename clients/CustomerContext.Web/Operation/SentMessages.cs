using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CustomerContext.Web.Hosting;

namespace CustomerContext.Web.Operation;

/// <summary>The messages with join links that the silos keep in development mode instead of sending them.</summary>
internal sealed class SentMessages(WebConfig config, IHttpClientFactory clients, TimeProvider time)
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions _names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The messages, newest first; in a cluster each silo keeps its own.</summary>
    /// <exception cref="HttpRequestException">No silo answers, or none is in development mode.</exception>
    public async Task<IReadOnlyList<SentMessage>> List(CancellationToken stop)
    {
        using var client = clients.CreateClient();
        var found = await Task.WhenAll(config.SiloHttp.Select(silo => Of(client, silo, stop)));
        return found.All(one => one is null)
            ? throw new HttpRequestException("No silo answers.")
            : [.. found.SelectMany(one => one ?? []).OrderByDescending(message => message.Number)];
    }

    private static async Task<SentMessage[]?> Of(HttpClient client, Uri silo, CancellationToken stop)
    {
        try
        {
            return await client.GetFromJsonAsync<SentMessage[]>(new Uri(silo, "outbox"), _names, stop);
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    /// <summary>
    /// An event that loads the page anew, once there is another message than <paramref name="newest"/> (<see cref="SentMessage.Number"/>; 0: none). Ends if the silo does not answer: the
    /// browser then asks anew.
    /// </summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(long newest, [EnumeratorCancellation] CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_every, time);
        while (await Newest(stop) is { } latest)
        {
            if (latest != newest)
            {
                yield return new SseItem<string>("", "reload");
                yield break;
            }

            await timer.WaitForNextTickAsync(stop);
        }
    }

    /// <summary>The number of the newest message, 0 if there is none. Absent: the silo does not answer.</summary>
    private async Task<long?> Newest(CancellationToken stop)
    {
        try
        {
            return await List(stop) is [var latest, ..] ? latest.Number : 0;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }
}

/// <summary>One message.</summary>
/// <param name="To">The address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">All of it.</param>
/// <param name="Link">Where yes or no is said.</param>
/// <param name="ExpiresTime">When the link lapses.</param>
internal sealed record SentMessage(string To, string Subject, string Text, string Link, DateTimeOffset ExpiresTime)
{
    /// <summary>Tells one from another.</summary>
    public long Number => ExpiresTime.UtcTicks;
}
