using CustomerContext.V1;
using CustomerContext.Web.Facets;
using CustomerContext.Web.Pages;
using CustomerContext.Web.SignIn;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Consent;

/// <summary>What the customer says themselves, as signals. Where it would not be kept the page says so instead of thanking for nothing.</summary>
internal sealed class OwnWord(Silo silo, Phrases words, TimeProvider time)
{
    /// <summary>Where the yeses are that it needs.</summary>
    private const string Choices = "/me/choices";

    /// <summary>Says something new: it needs that the customer's own word is kept, and that nothing is paused.</summary>
    /// <returns>Why it is not kept. Absent: it is.</returns>
    /// <exception cref="Client.CustomerContextException">The silo could not be asked.</exception>
    public async Task<PageError?> Say(Signal signal, CancellationToken stop) =>
        NotKept(await silo.Client.Me.GetPreferencesAsync(stop), isStoppedByPause: true) ?? await Send([signal], stop);

    /// <summary>Says that something is wrong: that is possible while everything is paused too.</summary>
    /// <inheritdoc cref="Say"/>
    public async Task<PageError?> Correct(Signal signal, CancellationToken stop) =>
        NotKept(await silo.Client.Me.GetPreferencesAsync(stop), isStoppedByPause: false) ?? await Send([signal], stop);

    /// <summary>Takes something back, or says no: always possible.</summary>
    /// <param name="signals">What is said, each a moment after the one before. Empty: it is taken back already.</param>
    /// <param name="stop">The reader has gone.</param>
    /// <inheritdoc cref="Say"/>
    public Task<PageError?> TakeBack(IReadOnlyList<Signal> signals, CancellationToken stop) => Send(signals, stop);

    private PageError? NotKept(GetPreferencesResponse read, bool isStoppedByPause) =>
        !read.Preferences.OfAge ? new PageError("of-age", words["own.of-age"]) { Page = Choices }
        : isStoppedByPause && read.PausedSinceTime is not null ? new PageError("", words["own.paused"])
        : !StandingYeses.Holds(read.Preferences, StandingYeses.OwnWords) ? new PageError("collect-customer", words["own.not-kept"]) { Page = Choices }
        : null;

    private async Task<PageError?> Send(IReadOnlyList<Signal> signals, CancellationToken stop)
    {
        if (signals.Count == 0)
        {
            return null;
        }

        var now = time.GetUtcNow();
        var results = await silo.Client.Signals.PublishAsync(signals.Select((signal, i) => Correction.Stamp(signal, now.AddMilliseconds(i))), cancellation: stop);
        return results.FirstOrDefault(result => result.Outcome == SignalOutcome.Refused) is { } refused
            ? new PageError("", words.Find($"error.{refused.Status.Reason}") ?? words["error.other"])
            : null;
    }
}
