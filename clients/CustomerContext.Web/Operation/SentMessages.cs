using System.Net.ServerSentEvents;
using System.Runtime.CompilerServices;
using System.Text.Json;
using CustomerContext.Web.Hosting;

namespace CustomerContext.Web.Operation;

/// <summary>The messages with join links that the silo keeps in development mode instead of sending them.</summary>
internal sealed class SentMessages(WebConfig config, IHttpClientFactory clients, TimeProvider time)
{
    private static readonly TimeSpan _every = TimeSpan.FromSeconds(1);

    private static readonly JsonSerializerOptions _names = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    /// <summary>The messages, newest first.</summary>
    /// <exception cref="HttpRequestException">The silo does not answer, or is not in development mode.</exception>
    public async Task<IReadOnlyList<SentMessage>> List(CancellationToken stop)
    {
        using var client = clients.CreateClient();
        return await client.GetFromJsonAsync<SentMessage[]>(new Uri(config.SiloHttp, "outbox"), _names, stop) ?? [];
    }

    /// <summary>An event that loads the page anew, once there is another message than <paramref name="newest"/> (<see cref="SentMessage.Number"/>; 0: none).</summary>
    public async IAsyncEnumerable<SseItem<string>> Watch(long newest, [EnumeratorCancellation] CancellationToken stop)
    {
        using var timer = new PeriodicTimer(_every, time);
        while (await List(stop) is not [var latest, ..] || latest.Number == newest)
        {
            await timer.WaitForNextTickAsync(stop);
        }

        yield return new SseItem<string>("", "reload");
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
