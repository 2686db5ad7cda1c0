using System.Buffers.Binary;
using System.Security.Cryptography;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.Harness;

/// <summary>The checker itself: a whole chain passes, each way to tamper with one is found.</summary>
public sealed class ChainCheckTests
{
    [Fact]
    public void Faults_WholeChain_None()
    {
        var (records, head) = Chain(5);

        Assert.Empty(ChainCheck.Faults(records, head));
    }

    [Fact]
    public void Faults_EmptyChain_None() => Assert.Empty(ChainCheck.Faults([], new ChainHead { Hash = ByteString.CopyFrom(new byte[32]) }));

    [Fact]
    public void Faults_ChangedContent_Found() => Tampered(records => records[2].Record = ByteString.CopyFromUtf8("another"));

    [Fact]
    public void Faults_ChangedSalt_Found() => Tampered(records => records[2].Salt = ByteString.CopyFrom(new byte[16]));

    [Fact]
    public void Faults_DroppedInTheMiddle_Found() => Tampered(records => records.RemoveAt(2));

    [Fact]
    public void Faults_Truncated_Found() => Tampered(records => records.RemoveAt(4));

    [Fact]
    public void Faults_Reordered_Found() => Tampered(records => (records[1], records[2]) = (records[2], records[1]));

    [Fact]
    public void Faults_OlderEpochLater_Found() => Tampered(records => records[3].ConsentEpoch = 0);

    private static void Tampered(Action<List<Disclosure>> tamper)
    {
        var (records, head) = Chain(5);

        tamper(records);

        Assert.NotEmpty(ChainCheck.Faults(records, head));
    }

    private static (List<Disclosure> Records, ChainHead Head) Chain(int length)
    {
        var records = new List<Disclosure>();
        var previous = new byte[32];
        for (var sequence = 1; sequence <= length; sequence++)
        {
            byte[] salt = [.. Enumerable.Repeat((byte)sequence, 16)];
            var content = System.Text.Encoding.UTF8.GetBytes($"record {sequence}");
            var commitment = SHA256.HashData([.. salt, .. content]);
            var numbers = new byte[16];
            BinaryPrimitives.WriteInt64BigEndian(numbers, sequence);
            BinaryPrimitives.WriteInt64BigEndian(numbers.AsSpan(8), 1);
            var hash = SHA256.HashData([.. previous, .. numbers, .. commitment]);
            records.Add(new Disclosure
            {
                Sequence = sequence,
                ConsentEpoch = 1,
                PreviousHash = ByteString.CopyFrom(previous),
                Salt = ByteString.CopyFrom(salt),
                Record = ByteString.CopyFrom(content),
                Commitment = ByteString.CopyFrom(commitment),
                Hash = ByteString.CopyFrom(hash),
            });
            previous = hash;
        }

        return (records, new ChainHead { Sequence = length, Hash = ByteString.CopyFrom(previous) });
    }
}
