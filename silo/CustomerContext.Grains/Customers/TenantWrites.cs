using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Grains.Customers;

/// <summary>How much tenants have written to this customer's ledger in the current minute, so that no flood of theirs stands before what the customer does.</summary>
internal sealed class TenantWrites(TimeProvider time)
{
    private static readonly TimeSpan _window = TimeSpan.FromMinutes(1);

    private readonly Dictionary<TenantId, int> _written = [];
    private long _began = time.GetTimestamp();

    /// <summary>True while a write of the current minute has to be remembered.</summary>
    public bool AreCounted => _written.Count > 0 && time.GetElapsedTime(_began) < _window;

    /// <summary>True if <paramref name="tenant"/> may write once more; it is counted then.</summary>
    public bool Take(TenantId tenant)
    {
        if (time.GetElapsedTime(_began) >= _window)
        {
            _written.Clear();
            _began = time.GetTimestamp();
        }

        var written = _written.GetValueOrDefault(tenant);
        _written[tenant] = written + 1;
        return written < Limits.Calls.TenantWritesPerMinute;
    }
}
