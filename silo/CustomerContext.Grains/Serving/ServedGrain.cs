using CustomerContext.Domain;

namespace CustomerContext.Grains.Serving;

/// <summary>What a grain lets be answered without a call of it, from any thread of its silo.</summary>
/// <param name="key">Whose it is: the grain's key.</param>
/// <param name="time">The clock.</param>
internal abstract class ServedGrain(string key, TimeProvider time)
{
    private long _kept = time.GetTimestamp();
    private volatile bool _isOver;

    /// <summary>The grain's key.</summary>
    public string Key => key;

    /// <summary>The clock.</summary>
    protected TimeProvider Time => time;

    /// <summary>True once the grain has begun to leave memory.</summary>
    public bool IsOver => _isOver;

    /// <summary>The grain has begun to leave memory: nothing is answered here any more.</summary>
    public void End() => _isOver = true;

    /// <summary>True once every <see cref="Limits.Grains.KeptEvery"/>.</summary>
    public bool IsKeepingDue()
    {
        var kept = Interlocked.Read(ref _kept);
        return time.GetElapsedTime(kept) >= Limits.Grains.KeptEvery && Interlocked.CompareExchange(ref _kept, time.GetTimestamp(), kept) == kept;
    }
}

/// <summary>A grain of which some things are answered without a call.</summary>
internal interface IServingGrain<out T>
    where T : ServedGrain
{
    /// <summary>What is answered without it; absent before the grain is in memory.</summary>
    T? Served { get; }
}
