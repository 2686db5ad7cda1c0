using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>One server of a cluster, and whether it answers. One that does not is left alone: for a second, and twice as long each time that it still does not, up to 30 seconds.</summary>
internal sealed class Server(Uri address, CallInvoker invoker, TimeProvider time)
{
    private static readonly TimeSpan _shortest = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(30);

    /// <summary>A call with less time than that may not even have left.</summary>
    private static readonly TimeSpan _leastToAnswer = TimeSpan.FromMilliseconds(50);

    /// <summary>From so many answers in a row on that it cannot serve it is left alone.</summary>
    private const int MostDeclined = 3;

    private readonly byte[] _name = Encoding.UTF8.GetBytes(address.AbsoluteUri);
    private readonly Lock _lock = new();
    private long _answeredAt = time.GetTimestamp();
    private long _restsSince;
    private TimeSpan _rest;
    private int _declined;

    public CallInvoker Invoker { get; } = invoker;

    /// <summary>When a call last failed here, or a stream ended; a timestamp of the clock. Before all others while none did.</summary>
    public long FailedAt { get; private set; } = long.MinValue;

    /// <summary>
    /// False while it is better left alone. When its rest is over, the one who asks first has to try it, and the others leave it alone until that call has an answer.
    /// </summary>
    public bool TryUse()
    {
        lock (_lock)
        {
            if (_rest == TimeSpan.Zero)
            {
                return true;
            }

            if (time.GetElapsedTime(_restsSince) < _rest)
            {
                return false;
            }

            _restsSince = time.GetTimestamp();
            return true;
        }
    }

    /// <summary>How strongly it attracts <paramref name="key"/>. Who asks the strongest always asks the same one, and when one goes only its own keys move (rendezvous hashing).</summary>
    public ulong Weight(ReadOnlySpan<byte> key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_name);
        hash.AppendData(key);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }

    /// <summary>A call failed here for whatever cause, or a stream ended. If it is made again, that is better done elsewhere.</summary>
    public void Failed()
    {
        lock (_lock)
        {
            FailedAt = time.GetTimestamp();
        }
    }

    /// <summary>It answered, be it with a refusal.</summary>
    public void Answered()
    {
        lock (_lock)
        {
            (_answeredAt, _rest, _declined) = (time.GetTimestamp(), TimeSpan.Zero, 0);
        }
    }

    /// <summary>
    /// It answered a call, begun at <paramref name="since"/>, that it cannot serve it now. Once or twice that is about what was asked for, such as a customer whose silo was lost. Three times in a row,
    /// whatever was asked for, it serves nothing: it may have lost its store.
    /// </summary>
    public void Declined(long since)
    {
        lock (_lock)
        {
            _answeredAt = time.GetTimestamp();
            _declined = Math.Min(_declined + 1, MostDeclined);
            if (_declined < MostDeclined)
            {
                _rest = TimeSpan.Zero;
            }
            else
            {
                Rest(since);
            }
        }
    }

    /// <summary>It cannot be reached, or a connection to it broke on which a call was waiting since <paramref name="since"/>.</summary>
    public void Unreachable(long since)
    {
        lock (_lock)
        {
            Rest(since);
        }
    }

    /// <summary>A call had no answer in its time, which began at <paramref name="since"/>. If others had one meanwhile, or it had hardly any time, it was the call and not the server.</summary>
    public void Silent(long since)
    {
        lock (_lock)
        {
            if (_answeredAt < since && time.GetElapsedTime(since) >= _leastToAnswer)
            {
                Rest(since);
            }
        }
    }

    /// <summary>Of calls that fail together one counts.</summary>
    private void Rest(long since)
    {
        if (_rest == TimeSpan.Zero || _restsSince <= since)
        {
            _restsSince = time.GetTimestamp();
            _rest = _rest == TimeSpan.Zero ? _shortest : _rest * 2 < _longest ? _rest * 2 : _longest;
        }
    }
}
