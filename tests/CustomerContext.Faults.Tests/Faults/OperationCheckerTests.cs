using System.Buffers.Binary;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>The checker itself: planted violations are found, and nothing else is.</summary>
public sealed class OperationCheckerTests
{
    private const string Grant = "00112233445566778899aabbccddeeff";

    private static readonly DateTimeOffset _now = DateTimeOffset.UnixEpoch.AddDays(20_000);

    [Fact]
    public void Violations_LookBeforeAndDuringARevoke_None() => Assert.Empty(OperationChecker.Violations(
        [Given(1, 2), Change(OperationKind.Revoke, 5, 8, 2), Look(3, 4), Look(6, 7), Look(7, 20)]));

    [Fact]
    public void Violations_LookBegunAfterARevokeReturned_Found() => Assert.Single(OperationChecker.Violations(
        [Given(1, 2), Change(OperationKind.Revoke, 3, 4, 2), Look(5, 6)]));

    [Fact]
    public void Violations_RefusedAfterARevoke_None() => Assert.Empty(OperationChecker.Violations(
        [Given(1, 2), Change(OperationKind.Revoke, 3, 4, 2), Look(5, 6) with { Grants = [] }]));

    [Fact]
    public void Violations_LookAfterTheEnd_Found() => Assert.Single(OperationChecker.Violations(
        [Given(1, 2) with { Until = _now }, Look(5, 6) with { BegunAt = _now }]));

    [Fact]
    public void Violations_LookBeforeTheEnd_None() => Assert.Empty(OperationChecker.Violations(
        [Given(1, 2) with { Until = _now }, Look(5, 6) with { BegunAt = _now.AddTicks(-1) }]));

    [Fact]
    public void Violations_MoreThanIsLeftAfterNarrowing_Found() => Assert.Single(OperationChecker.Violations(
        [Given(1, 2), Change(OperationKind.Narrow, 3, 4, 2) with { Facets = [Facet.Sentiment] }, Look(5, 6, Facet.Sentiment, Facet.Situation)]));

    [Fact]
    public void Violations_WhatIsLeftAfterNarrowing_None() => Assert.Empty(OperationChecker.Violations(
        [Given(1, 2), Change(OperationKind.Narrow, 3, 4, 2) with { Facets = [Facet.Sentiment] }, Look(5, 6, Facet.Sentiment), Look(3, 9, Facet.Situation)]));

    [Fact]
    public void Violations_LookWhilePaused_Found() => Assert.Single(OperationChecker.Violations(
        [Given(1, 2), Change(OperationKind.Pause, 3, 4, 2), Look(5, 6), Change(OperationKind.Lift, 7, 8, 3)]));

    [Fact]
    public void Violations_LookThatOverlapsTheLift_None() => Assert.Empty(OperationChecker.Violations(
        [Given(1, 2), Change(OperationKind.Pause, 3, 4, 2), Look(5, 9), Change(OperationKind.Lift, 7, 8, 3), Look(10, 11)]));

    [Fact]
    public void Violations_OlderVersionLater_Found() => Assert.Single(OperationChecker.Violations(
        [Change(OperationKind.Pause, 1, 2, 7), Change(OperationKind.Lift, 3, 4, 6)]));

    [Fact]
    public void Violations_OlderVersionOfOneThatOverlapped_None() => Assert.Empty(OperationChecker.Violations(
        [Change(OperationKind.Pause, 1, 4, 7), Change(OperationKind.Lift, 3, 5, 6)]));

    [Fact]
    public void LateFrames_FrameAfterTheReply_Found()
    {
        Assert.Empty(OperationChecker.LateFrames(Wire(Frame, Reply)));
        Assert.Single(OperationChecker.LateFrames(Wire(Frame, Reply, Frame)));
    }

    [Fact]
    public void In_MessagesCutIntoFrames_WholeAndInPlace()
    {
        byte[] Message(byte[] content)
        {
            var bytes = new byte[5 + content.Length];
            BinaryPrimitives.WriteInt32BigEndian(bytes.AsSpan(1), content.Length);
            content.CopyTo(bytes, 5);
            return bytes;
        }

        byte[] first = Message([1, 2, 3]), second = Message([4]), other = Message([9, 9]);
        var wire = WireMessage.In(
            [new WireData(1, first[..6]), new WireData(3, other), new WireData(1, [.. first[6..], .. second[..2]]), new WireData(1, second[2..])]);

        Assert.Equal([(1, 0), (3, 1), (1, 2)], wire.OrderBy(one => one.Place).Select(one => (one.Stream, one.Place)));
        Assert.Equal<byte[]>([[1, 2, 3], [9, 9], [4]], wire.OrderBy(one => one.Place).Select(one => one.Content));
    }

    private static byte[] Frame => new WatchContextResponse { ResumeToken = "t", Frame = new ContextFrame { GrantIds = { Grant } } }.ToByteArray();

    private static byte[] Reply =>
        new RevokeGrantResponse { Grant = new Grant { GrantId = Grant, State = GrantState.Revoked }, ConsentVersion = "2" }.ToByteArray();

    private static IEnumerable<WireMessage> Wire(params byte[][] messages) => messages.Select((content, place) => new WireMessage(1, place, content));

    private static Operation Given(long begun, long returned) => Change(OperationKind.Grant, begun, returned, 1);

    private static Operation Change(OperationKind kind, long begun, long returned, long epoch) => new(kind, begun, returned) { Grants = [Grant], Epoch = epoch };

    private static Operation Look(long begun, long returned, params Facet[] facets) =>
        new(OperationKind.Look, begun, returned) { Grants = [Grant], Facets = facets };
}
