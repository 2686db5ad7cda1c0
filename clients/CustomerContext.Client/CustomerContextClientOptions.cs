using System.Security.Cryptography;

namespace CustomerContext.Client;

/// <summary>How a client reaches the server. Read once, when the client is made.</summary>
public sealed record CustomerContextClientOptions
{
    /// <summary>Where the server is: http (HTTP/2 without TLS) or https. Default: http://127.0.0.1:5101.</summary>
    public Uri Address { get; init; } = new("http://127.0.0.1:5101");

    /// <summary>
    /// Where the servers of a cluster are, instead of <see cref="Address"/>. What is about one customer goes to the same server as long as that answers, everything else to each in turn. A
    /// repeat goes elsewhere, and a first try takes half of its call's time at most. One that does not answer is left out for a second, and twice as long each time, up to 30 seconds. Up to 100. Default: none.
    /// </summary>
    public IReadOnlyList<Uri> Addresses { get; init; } = [];

    /// <summary>
    /// Gives the access token of a call; asked anew for each try, so it should keep what is still good. An exception of its own reaches the caller
    /// as it is. Default: none; the server then refuses with TOKEN_MISSING.
    /// </summary>
    public Func<CancellationToken, ValueTask<string>>? TokenProvider { get; init; }

    /// <summary>Time for a read of one customer, all tries together. Above zero. Default: 1 second.</summary>
    public TimeSpan ReadDeadline { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>Time for anything else: a change, a batch, a list, all tries together. Above zero. Default: 5 seconds.</summary>
    public TimeSpan WriteDeadline { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>
    /// How long a watch may hear nothing, heartbeats (15 seconds) included, before it counts as broken and is resumed. Above zero.
    /// Default: 45 seconds.
    /// </summary>
    public TimeSpan WatchSilence { get; init; } = TimeSpan.FromSeconds(45);

    /// <summary>How calls are repeated. Default: up to 4 tries, see <see cref="RetryOptions"/>.</summary>
    public RetryOptions Retry { get; init; } = new();

    /// <summary>The clock, for deadlines and waits; must run near real time where real calls are made. Default: the system's.</summary>
    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>Draws evenly from [0, 1), for spreading repeats; called from many threads. Default: the system's random numbers.</summary>
    public Func<double> Random { get; init; } = () => RandomNumberGenerator.GetInt32(int.MaxValue) / (double)int.MaxValue;

    /// <summary>Makes the request ids of changes; called from many threads. Default: version 7 UUIDs.</summary>
    public Func<Guid> NewRequestId { get; init; } = Guid.CreateVersion7;

    /// <summary>What carries the calls; the client disposes of it. Default: one <see cref="SocketsHttpHandler"/> with keep-alive pings.</summary>
    public HttpMessageHandler? HttpHandler { get; init; }

    /// <summary>Checks everything.</summary>
    /// <exception cref="ArgumentException">Something is out of bounds; every mistake is listed.</exception>
    internal void Validate()
    {
        var mistakes = new List<string>();
        Check(IsAddress(Address), $"{nameof(Address)} must be an http or https address");
        Check(Addresses.All(IsAddress), $"each of {nameof(Addresses)} must be an http or https address");
        Check(Addresses.Count <= 100 && Addresses.Distinct().Count() == Addresses.Count, $"{nameof(Addresses)} must be up to 100, all different");
        Check(ReadDeadline > TimeSpan.Zero, $"{nameof(ReadDeadline)} must be above zero");
        Check(WriteDeadline > TimeSpan.Zero, $"{nameof(WriteDeadline)} must be above zero");
        Check(WatchSilence > TimeSpan.Zero, $"{nameof(WatchSilence)} must be above zero");
        Check(Retry.MaxAttempts is >= 1 and <= 100, $"{nameof(Retry)}.{nameof(Retry.MaxAttempts)} must be 1 to 100");
        Check(Retry.InitialBackoff > TimeSpan.Zero, $"{nameof(Retry)}.{nameof(Retry.InitialBackoff)} must be above zero");
        Check(Retry.MaxBackoff >= Retry.InitialBackoff, $"{nameof(Retry)}.{nameof(Retry.MaxBackoff)} must not be below the initial one");
        Check(Retry.Budget is >= 1 and <= 1_000_000, $"{nameof(Retry)}.{nameof(Retry.Budget)} must be 1 to 1,000,000");
        if (mistakes.Count > 0)
        {
            throw new ArgumentException(string.Join("; ", mistakes));
        }

        static bool IsAddress(Uri address) => address.IsAbsoluteUri && address.Scheme is "http" or "https";

        void Check(bool isGood, string mistake)
        {
            if (!isGood)
            {
                mistakes.Add(mistake);
            }
        }
    }
}
