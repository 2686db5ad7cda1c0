using System.Collections.Concurrent;
using System.Net;
using CustomerContext.Silo.Access;
using Microsoft.AspNetCore.Connections;

namespace CustomerContext.Silo.Hosting;

/// <summary>How many connections one door has open, in all and from one address. One too many is closed before anything of it is read.</summary>
internal sealed class ConnectionLimit(int inAll, int perAddress)
{
    private readonly ConcurrentDictionary<string, int> _open = new(StringComparer.Ordinal);
    private int _all;

    /// <summary>Stands in front of a door's TLS.</summary>
    public ConnectionDelegate Before(ConnectionDelegate next) => async connection =>
    {
        var origin = Origin.Of((connection.RemoteEndPoint as IPEndPoint)?.Address);
        try
        {
            var isInAll = Interlocked.Increment(ref _all) <= inAll;
            var isOfAddress = _open.AddOrUpdate(origin, 1, (_, count) => count + 1) <= perAddress;
            if (isInAll && isOfAddress)
            {
                await next(connection);
            }
            else
            {
                connection.Abort();
            }
        }
        finally
        {
            Leave(origin);
        }
    };

    private void Leave(string origin)
    {
        Interlocked.Decrement(ref _all);
        while (_open.TryGetValue(origin, out var count))
        {
            if (count > 1 ? _open.TryUpdate(origin, count - 1, count) : _open.TryRemove(new KeyValuePair<string, int>(origin, count)))
            {
                return;
            }
        }
    }
}
