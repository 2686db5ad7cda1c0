using System.Collections.Immutable;
using CustomerContext.Domain.Consents;
using FsCheck;
using FsCheck.Fluent;

namespace CustomerContext.Domain.Tests.Consents;

public sealed class ChainTests
{
    private static readonly ImmutableArray<byte> Salt = [.. Enumerable.Range(0, Chain.SaltSize).Select(number => (byte)number)];

    [Fact]
    public void Append_KnownInput_PinnedHash()
    {
        var entry = Chain.Append(ChainHead.Empty, 7, [.. "payload"u8], Salt);

        // Calculated apart from this code: sha256(salt || payload), then sha256(32 zero bytes || 1 || 7 || commitment).
        Assert.Equal("97053b5342a1f322b5f89f151d626b6133fd9198d66cd9a8f70be062fa280ca7", entry.Commitment.ToString());
        Assert.Equal("25f949d19e33579a2d0f5b4e471ce9a86e9a6a761645fb08c22ef4054f100bf3", entry.Hash.ToString());
        Assert.Equal(1, entry.Sequence);
    }

    [Fact]
    public void Verify_Untouched_NoFault()
    {
        var chain = Build(5);

        Assert.Null(Chain.Verify(ChainHead.Empty, chain));
        Assert.Null(Chain.Verify(ChainHead.Empty, chain, chain[2].Head));
        Assert.Null(Chain.Verify(chain[1].Head, chain.Skip(2), chain[4].Head));
        Assert.Null(Chain.Verify(ChainHead.Empty, [], ChainHead.Empty));
    }

    [Fact]
    public void Verify_PersonalPartErased_NoFault()
    {
        var chain = Build(5).Select(entry => entry with { Salt = [], Payload = [] });

        Assert.Null(Chain.Verify(ChainHead.Empty, chain));
    }

    [Fact]
    public void Verify_AnyBitFlipped_Found() =>
        Prop.ForAll(Arb.From(Gen.Choose(0, 4)), Arb.From(Gen.Choose(0, 1000)), Arb.From(Gen.Choose(0, 5)), (index, bit, field) =>
        {
            var chain = Build(5);
            var entry = chain[index];
            chain[index] = field switch
            {
                0 => entry with { Salt = Flip(entry.Salt, bit) },
                1 => entry with { Payload = Flip(entry.Payload, bit) },
                2 => entry with { Commitment = Digest.Read(Flip([.. entry.Commitment.ToArray()], bit).AsSpan()) },
                3 => entry with { Hash = Digest.Read(Flip([.. entry.Hash.ToArray()], bit).AsSpan()) },
                4 => entry with { Epoch = entry.Epoch ^ (1L << (bit % 64)) },
                _ => entry with { Sequence = entry.Sequence ^ (1L << (bit % 64)) },
            };
            Assert.NotNull(Chain.Verify(ChainHead.Empty, chain));
        }).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Verify_DroppedOrReordered_Gap()
    {
        var chain = Build(5);
        var swapped = new[] { chain[0], chain[2], chain[1], chain[3], chain[4] };

        Assert.Equal(new ChainFault(ChainFaultKind.Gap, 2), Chain.Verify(ChainHead.Empty, swapped));
        Assert.Equal(new ChainFault(ChainFaultKind.Gap, 2), Chain.Verify(ChainHead.Empty, chain.Where(entry => entry.Sequence != 2)));
        Assert.Equal(new ChainFault(ChainFaultKind.Gap, 1), Chain.Verify(ChainHead.Empty, chain.Skip(1)));
    }

    [Fact]
    public void Verify_Truncated_FoundByAHeldHeadAlone()
    {
        var chain = Build(5);

        Assert.Null(Chain.Verify(ChainHead.Empty, chain.Take(3)));
        Assert.Equal(new ChainFault(ChainFaultKind.Truncated, 4), Chain.Verify(ChainHead.Empty, chain.Take(3), chain[4].Head));
    }

    [Fact]
    public void Verify_RewrittenFromTheMiddle_ForkFoundByAHeldHead()
    {
        var chain = Build(5);
        var other = chain.Take(2).ToList();
        while (other.Count < 5)
        {
            other.Add(Chain.Append(other[^1].Head, 1, [.. "another"u8], Salt));
        }

        Assert.Null(Chain.Verify(ChainHead.Empty, other));
        Assert.Equal(new ChainFault(ChainFaultKind.Fork, 5), Chain.Verify(ChainHead.Empty, other, chain[4].Head));
    }

    private static ImmutableArray<byte> Flip(ImmutableArray<byte> bytes, int bit)
    {
        var index = bit / 8 % bytes.Length;
        return bytes.SetItem(index, (byte)(bytes[index] ^ (1 << (bit % 8))));
    }

    private static List<LedgerEntry> Build(int length)
    {
        var chain = new List<LedgerEntry>();
        while (chain.Count < length)
        {
            var head = chain.Count == 0 ? ChainHead.Empty : chain[^1].Head;
            chain.Add(Chain.Append(head, 1 + (chain.Count / 2), [.. "payload"u8, (byte)chain.Count], Salt));
        }

        return chain;
    }
}
