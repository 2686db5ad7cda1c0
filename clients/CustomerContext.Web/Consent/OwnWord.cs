using CustomerContext.V1;
using CustomerContext.Web.Facets;
using CustomerContext.Web.Pages;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Consent;

/// <summary>What the customer says themselves, as a signal. Where it would not be kept the page says so instead of thanking for nothing.</summary>
internal sealed class OwnWord(Silo silo, Phrases words, TimeProvider time)
{
    /// <summary>Sends the signal.</summary>
    /// <returns>Why it is not kept. Absent: it is.</returns>
    /// <exception cref="Client.CustomerContextException">The silo could not be asked.</exception>
    public async Task<PageError?> Say(Signal signal, CancellationToken stop)
    {
        var read = await silo.Client.Me.GetPreferencesAsync(stop);
        if (!StandingYeses.KeepOwnWords(read))
        {
            return new PageError("", words[read.PausedSinceTime is null ? "own.not-kept" : "own.paused"]);
        }

        var result = (await silo.Client.Signals.PublishAsync([Correction.Stamp(signal, time.GetUtcNow())], cancellation: stop))[0];
        return result.Outcome == SignalOutcome.Refused ? new PageError("", words.Find($"error.{result.Status.Reason}") ?? words["error.other"]) : null;
    }
}
