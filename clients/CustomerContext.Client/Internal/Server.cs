using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using Grpc.Core;

namespace CustomerContext.Client.Internal;

/// <summary>One server of a cluster, and whether it answered of late.</summary>
internal sealed class Server(Uri address, CallInvoker invoker, TimeProvider time)
{
    private static readonly TimeSpan _rest = TimeSpan.FromSeconds(1);

    private readonly byte[] _name = Encoding.UTF8.GetBytes(address.AbsoluteUri);
    private long _failedAt;
    private bool _hasFailed;

    public CallInvoker Invoker { get; } = invoker;

    /// <summary>True while it is better left alone: it has just failed to answer.</summary>
    public bool Rests => Volatile.Read(ref _hasFailed) && time.GetElapsedTime(Interlocked.Read(ref _failedAt)) < _rest;

    /// <summary>How strongly it attracts <paramref name="key"/>. Who asks the strongest always asks the same one, and when one goes only its own keys move (rendezvous hashing).</summary>
    public ulong Weight(ReadOnlySpan<byte> key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(_name);
        hash.AppendData(key);
        return BinaryPrimitives.ReadUInt64LittleEndian(hash.GetHashAndReset());
    }

    /// <summary>Notes what became of a call: any answer but these is one.</summary>
    public void Note(StatusCode code)
    {
        if (code == StatusCode.Cancelled)
        {
            return; // The caller left; that says nothing of the server.
        }

        var isFailure = code is StatusCode.Unavailable or StatusCode.DeadlineExceeded;
        if (isFailure)
        {
            Interlocked.Exchange(ref _failedAt, time.GetTimestamp());
        }

        Volatile.Write(ref _hasFailed, isFailure);
    }
}
