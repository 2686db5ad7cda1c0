using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>
/// What each source sent lately, so that a sender can be told "you sent this before" from its own submissions alone: saying so from what a customer keeps would tell who
/// collects. It decides nothing: whether a signal counts is the customer's own window to say.
/// </summary>
internal sealed class RecentSignals
{
    private readonly BoundedCache<(SourceId Source, string Id), bool> _known = new(Limits.Requests.RecentSignals);

    /// <summary>Notes a signal that was taken; true if it is among the latest <see cref="Limits.Requests.RecentSignals"/> already.</summary>
    public bool IsRepeat(SourceId source, string id) => !_known.TryAdd((source, id), true, out _);
}
