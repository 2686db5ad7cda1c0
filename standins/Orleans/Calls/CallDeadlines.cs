using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>All calls under way, oldest first: every call has the same time, so a look at the first ones finds all that are late.</summary>
internal sealed class CallDeadlines(IOptions<SiloMessagingOptions> options, [FromKeyedServices(TimeProviderNames.Messaging)] TimeProvider time) : IDisposable
{
    private readonly TimeSpan _timeout = options.Value.ResponseTimeout;
    private readonly bool _cancelGrain = options.Value.CancelRequestOnTimeout;
    private readonly Lock _lock = new();
    private Call? _oldest;
    private Call? _newest;
    private ITimer? _timer;

    public void Start()
    {
        var every = _timeout < TimeSpan.FromSeconds(1) ? _timeout : TimeSpan.FromSeconds(1);
        _timer = time.CreateTimer(_ => TimeOutLateCalls(), null, every, every);
    }

    public void Add(Call call)
    {
        call.SentAt = time.GetTimestamp();
        lock (_lock)
        {
            call.Earlier = _newest;
            _ = _newest is null ? _oldest = call : _newest.Later = call;
            _newest = call;
        }
    }

    public void Remove(Call call)
    {
        lock (_lock)
        {
            _ = call.Earlier is null ? _oldest = call.Later : call.Earlier.Later = call.Later;
            _ = call.Later is null ? _newest = call.Earlier : call.Later.Earlier = call.Earlier;
            call.Earlier = call.Later = null;
        }
    }

    public void Dispose() => _timer?.Dispose();

    private void TimeOutLateCalls()
    {
        while (Oldest() is { } call && time.GetElapsedTime(call.SentAt) >= _timeout)
        {
            call.TimeOut(_timeout, _cancelGrain);
        }
    }

    private Call? Oldest()
    {
        lock (_lock)
        {
            return _oldest;
        }
    }
}
