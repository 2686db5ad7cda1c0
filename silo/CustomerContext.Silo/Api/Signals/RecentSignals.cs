using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Api.Signals;

/// <summary>
/// What each source sent lately, so that a sender can be told "you sent this before" from its own submissions alone: saying so from what a customer keeps would tell who
/// collects. It decides nothing: whether a signal counts is the customer's own window to say.
/// </summary>
internal sealed class RecentSignals
{
    private readonly Lock _lock = new();
    private readonly HashSet<(SourceId Source, string Id)> _known = [];
    private readonly Queue<(SourceId Source, string Id)> _order = new();

    /// <summary>Notes a signal that was taken; true if it is among the latest <see cref="Limits.Requests.RecentSignals"/> already.</summary>
    public bool IsRepeat(SourceId source, string id)
    {
        lock (_lock)
        {
            if (!_known.Add((source, id)))
            {
                return true;
            }

            _order.Enqueue((source, id));
            if (_order.Count > Limits.Requests.RecentSignals)
            {
                _known.Remove(_order.Dequeue());
            }

            return false;
        }
    }
}
