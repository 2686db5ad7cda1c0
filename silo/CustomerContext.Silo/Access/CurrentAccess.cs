using System.Collections.Concurrent;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Access;

/// <summary>
/// The one place that knows which <see cref="AccessConfig"/> counts. Replacing it is a single write: calls that begin after it see the new one, and streams that it does
/// not allow any more are told to end.
/// </summary>
internal sealed class CurrentAccess(AccessConfig first) : IAnswerTimes, IRosters
{
    private readonly ConcurrentDictionary<ReadPermit, byte> _open = new();
    private volatile AccessConfig _now = first;

    /// <summary>What counts now. Whoever decides about one call reads it once.</summary>
    public AccessConfig Now => _now;

    /// <inheritdoc/>
    public AnswerTimes Of(TenantId tenant) => Now.Tenants.TryGetValue(tenant, out var known) ? known.Answers : AnswerTimes.Standard;

    /// <inheritdoc/>
    public Roster RosterOf(TenantId tenant) => Now.Tenants.TryGetValue(tenant, out var known) ? known.Roster : Roster.Nobody;

    /// <inheritdoc/>
    public object Version => Now;

    /// <summary>Makes <paramref name="next"/> count.</summary>
    public void Replace(AccessConfig next)
    {
        _now = next;
        foreach (var permit in _open.Keys.Where(permit => !IsGood(permit)))
        {
            permit.End();
        }
    }

    /// <summary>For a stream: held as long as it runs, and cancelled when <paramref name="caller"/> may not read for <paramref name="purpose"/> any more.</summary>
    public ReadPermit Permit(TenantCaller caller, Purpose purpose)
    {
        var permit = new ReadPermit(caller, purpose, gone => _open.TryRemove(gone, out _));
        _open[permit] = 0;
        if (!IsGood(permit))
        {
            // Replaced between the check of the request and the line above.
            permit.End();
        }

        return permit;
    }

    private bool IsGood(ReadPermit permit) => _now.Allows(permit.Caller, permit.Purpose);
}

/// <summary>Leave to go on reading.</summary>
internal sealed class ReadPermit(TenantCaller caller, Purpose purpose, Action<ReadPermit> giveBack) : IDisposable
{
    private readonly CancellationTokenSource _ended = new();

    /// <summary>Who reads.</summary>
    public TenantCaller Caller => caller;

    /// <summary>What for.</summary>
    public Purpose Purpose => purpose;

    /// <summary>Cancelled when the leave is over.</summary>
    public CancellationToken Ended => _ended.Token;

    /// <summary>Ends it.</summary>
    public void End() => _ended.Cancel();

    /// <summary>The stream is over. The source is not disposed of, since it may be ended at this very moment; it holds nothing.</summary>
    public void Dispose() => giveBack(this);
}
