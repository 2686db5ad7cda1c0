using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>The checker itself: planted violations are found, and nothing else is.</summary>
public sealed class RevokeCheckerTests
{
    private const int Watch = 1;
    private const int Revoke = 3;

    [Fact]
    public void Lookups_BegunBeforeOrRefused_None() =>
        Assert.Empty(RevokeChecker.Lookups([new Look(1, true), new Look(5, true), new Look(9, false)], returned: 5));

    [Fact]
    public void Lookups_BegunAfterAndAnswered_Found() => Assert.Single(RevokeChecker.Lookups([new Look(1, true), new Look(6, true)], returned: 5));

    [Fact]
    public void Frames_OnlyBeforeTheReply_None() => Assert.Empty(RevokeChecker.Frames([Frame(0), Reply(1), Ended(2)], Revoke));

    [Fact]
    public void Frames_AfterTheReply_Found() => Assert.Single(RevokeChecker.Frames([Frame(0), Reply(1), Frame(2)], Revoke));

    [Fact]
    public void Ends_GrantRevoked_None() => Assert.Empty(RevokeChecker.Ends([Frame(0), Ended(1), Reply(2)], Revoke));

    [Fact]
    public void Ends_WithoutAnEnd_Found() => Assert.Single(RevokeChecker.Ends([Frame(0), Reply(1)], Revoke));

    [Fact]
    public void In_MessageOverTwoDataFrames_WholeAndPlacedAtItsStart()
    {
        byte[] framed = [0, 0, 0, 0, 3, 7, 8, 9];

        var message = Assert.Single(WireMessage.In([new WireData(Watch, framed[..6]), new WireData(Watch, framed[6..])]));

        Assert.Equal(0, message.Place);
        Assert.Equal([7, 8, 9], message.Content);
    }

    /// <summary>A stream of one connection was once taken for the stream of the same number of another, and a watch for the revoke.</summary>
    [Fact]
    public void In_TwoConnections_Refused() =>
        Assert.Throws<InvalidOperationException>(() => WireMessage.In([new WireData(Watch, [0], Connection: 1), new WireData(Watch, [0], Connection: 2)]));

    private static WireMessage Frame(int place) => Of(Watch, place, new WatchContextResponse { Frame = new ContextFrame() });

    private static WireMessage Ended(int place) =>
        Of(Watch, place, new WatchContextResponse { Ended = new WatchEnded { Reason = WatchEndReason.GrantRevoked } });

    private static WireMessage Reply(int place) => Of(Revoke, place, new RevokeGrantResponse());

    private static WireMessage Of(int stream, int place, IMessage message) => new(stream, place, message.ToByteArray());
}
