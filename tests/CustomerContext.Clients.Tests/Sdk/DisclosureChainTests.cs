using System.Buffers.Binary;
using System.Security.Cryptography;
using CustomerContext.Client;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Clients.Tests.Sdk;

public sealed class DisclosureChainTests
{
    [Fact]
    public void Verify_WholeChain_Accepted() => Assert.Null(DisclosureChain.Verify(Chain(5), Head(Chain(5))));

    [Fact]
    public void Verify_EmptyChain_Accepted() =>
        Assert.Null(DisclosureChain.Verify([], new ChainHead { Hash = ByteString.CopyFrom(new byte[32]) }));

    [Fact]
    public void Verify_HeadKeptFromEarlier_Accepted() => Assert.Null(DisclosureChain.Verify(Chain(5), Head(Chain(5)[2..])));

    [Fact]
    public void Verify_ErasedRecord_Accepted()
    {
        var chain = Chain(3);
        chain[1].Salt = chain[1].Record = ByteString.Empty;

        Assert.Null(DisclosureChain.Verify(chain, Head(chain)));
    }

    [Fact]
    public void Verify_CutChain_AcceptedFromTheCheckpoint()
    {
        var chain = Chain(5);

        Assert.Null(DisclosureChain.Verify(chain[..2], Head(chain), new ChainCheckpoint { Head = Head(chain[2..]) }));
    }

    [Fact]
    public void Verify_RecordChanged_Found()
    {
        var chain = Chain(3);
        chain[1].Record = ByteString.CopyFromUtf8("somebody else");

        Assert.Equal("record 2 was changed", DisclosureChain.Verify(chain, Head(chain)));
    }

    [Fact]
    public void Verify_EpochChanged_Found()
    {
        var chain = Chain(3);
        chain[1].ConsentEpoch = 7;

        Assert.Equal("the link before record 2 is broken", DisclosureChain.Verify(chain, Head(chain)));
    }

    [Fact]
    public void Verify_RecordDropped_Found()
    {
        var chain = Chain(4);

        Assert.Equal("record 2 is missing", DisclosureChain.Verify([chain[0], chain[1], chain[3]], Head(chain)));
    }

    [Fact]
    public void Verify_Reordered_Found()
    {
        var chain = Chain(3);

        Assert.NotNull(DisclosureChain.Verify([chain[1], chain[0], chain[2]], Head(chain)));
    }

    [Fact]
    public void Verify_LastRecordsDropped_Found() => Assert.NotNull(DisclosureChain.Verify(Chain(5)[2..], Head(Chain(5))));

    private static ChainHead Head(Disclosure[] newestFirst) => new() { Sequence = newestFirst[0].Sequence, Hash = newestFirst[0].Hash };

    /// <summary>Newest first; computed as the contract's comment says.</summary>
    private static Disclosure[] Chain(int count)
    {
        var previous = new byte[32];
        var chain = new List<Disclosure>();
        for (var sequence = 1; sequence <= count; sequence++)
        {
            byte[] salt = [.. Enumerable.Repeat((byte)sequence, 16)];
            byte[] record = [.. "{}"u8, (byte)sequence];
            var commitment = SHA256.HashData([.. salt, .. record]);
            var numbers = new byte[16];
            BinaryPrimitives.WriteInt64BigEndian(numbers, sequence);
            BinaryPrimitives.WriteInt64BigEndian(numbers.AsSpan(8), sequence / 2);
            var hash = SHA256.HashData([.. previous, .. numbers, .. commitment]);
            chain.Insert(0, new Disclosure
            {
                Sequence = sequence,
                ConsentEpoch = sequence / 2,
                Salt = ByteString.CopyFrom(salt),
                Record = ByteString.CopyFrom(record),
                Commitment = ByteString.CopyFrom(commitment),
                PreviousHash = ByteString.CopyFrom(previous),
                Hash = ByteString.CopyFrom(hash),
            });
            previous = hash;
        }

        return [.. chain];
    }
}
