using CustomerContext.Client;
using CustomerContext.Clients.Tests.Fakes;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Clients.Tests.Sdk;

public sealed class DisclosureChainTests
{
    [Fact]
    public void Verify_WholeChain_Accepted() => Assert.Null(DisclosureChain.Verify(Chains.Of(5), Chains.HeadOf(Chains.Of(5))));

    [Fact]
    public void Verify_EmptyChain_Accepted() =>
        Assert.Null(DisclosureChain.Verify([], new ChainHead { Hash = ByteString.CopyFrom(new byte[32]) }));

    [Fact]
    public void Verify_HeadKeptFromEarlier_Accepted() => Assert.Null(DisclosureChain.Verify(Chains.Of(5), Chains.HeadOf(Chains.Of(5)[2..])));

    [Fact]
    public void Verify_ErasedRecord_Accepted()
    {
        var chain = Chains.Of(3);
        chain[1].Salt = chain[1].Record = ByteString.Empty;

        Assert.Null(DisclosureChain.Verify(chain, Chains.HeadOf(chain)));
    }

    [Fact]
    public void Verify_CutChain_AcceptedFromTheCheckpoint()
    {
        var chain = Chains.Of(5);

        Assert.Null(DisclosureChain.Verify(chain[..2], Chains.HeadOf(chain), new ChainCheckpoint { Head = Chains.HeadOf(chain[2..]) }));
    }

    [Fact]
    public void Verify_RecordChanged_Found()
    {
        var chain = Chains.Of(3);
        chain[1].Record = ByteString.CopyFromUtf8("somebody else");

        Assert.Equal("record 2 was changed", DisclosureChain.Verify(chain, Chains.HeadOf(chain)));
    }

    [Fact]
    public void Verify_EpochChanged_Found()
    {
        var chain = Chains.Of(3);
        chain[1].ConsentEpoch = 7;

        Assert.Equal("the link before record 2 is broken", DisclosureChain.Verify(chain, Chains.HeadOf(chain)));
    }

    [Fact]
    public void Verify_RecordDropped_Found()
    {
        var chain = Chains.Of(4);

        Assert.Equal("record 2 is missing", DisclosureChain.Verify([chain[0], chain[1], chain[3]], Chains.HeadOf(chain)));
    }

    [Fact]
    public void Verify_Reordered_Found()
    {
        var chain = Chains.Of(3);

        Assert.NotNull(DisclosureChain.Verify([chain[1], chain[0], chain[2]], Chains.HeadOf(chain)));
    }

    [Fact]
    public void Verify_LastRecordsDropped_Found() => Assert.NotNull(DisclosureChain.Verify(Chains.Of(5)[2..], Chains.HeadOf(Chains.Of(5))));
}
