using CustomerContext.V1;
using CustomerContext.Web.Facets;
using CustomerContext.Web.Pages;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Consent;

/// <summary>What the customer says themselves, as signals. Where it would not be kept the page says so instead of thanking for nothing.</summary>
internal sealed class OwnWord(Silo silo, Phrases words, TimeProvider time)
{
    /// <summary>Sends a signal.</summary>
    /// <inheritdoc cref="Say(IReadOnlyList{Signal}, CancellationToken)"/>
    public Task<PageError?> Say(Signal signal, CancellationToken stop) => Say([signal], stop);

    /// <summary>Sends signals, each a moment after the one before.</summary>
    /// <returns>Why it is not kept. Absent: it is.</returns>
    /// <exception cref="Client.CustomerContextException">The silo could not be asked.</exception>
    public async Task<PageError?> Say(IReadOnlyList<Signal> signals, CancellationToken stop)
    {
        var read = await silo.Client.Me.GetPreferencesAsync(stop);
        if (!StandingYeses.KeepOwnWords(read))
        {
            return new PageError("", words[read.PausedSinceTime is null ? "own.not-kept" : "own.paused"]);
        }

        var now = time.GetUtcNow();
        var results = await silo.Client.Signals.PublishAsync(signals.Select((signal, i) => Correction.Stamp(signal, now.AddMilliseconds(i))), cancellation: stop);
        return results.FirstOrDefault(result => result.Outcome == SignalOutcome.Refused) is { } refused
            ? new PageError("", words.Find($"error.{refused.Status.Reason}") ?? words["error.other"])
            : null;
    }
}
