using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>
/// What must hold over any history of one customer's operations, however they overlapped: what came back before something else began must be seen by it.
/// </summary>
internal static class OperationChecker
{
    /// <summary>Every broken promise, in words.</summary>
    public static IEnumerable<string> Violations(IReadOnlyCollection<Operation> operations)
    {
        var revoked = Earliest(operations, OperationKind.Revoke);
        var narrowed = operations.Where(one => one.Kind == OperationKind.Narrow).ToDictionary(one => one.Grants[0]);
        var until = operations.Where(one => one.Kind == OperationKind.Grant).ToDictionary(one => one.Grants[0], one => one.Until);
        var pauses = Pauses(operations).ToArray();
        foreach (var look in operations.Where(one => one is { Kind: OperationKind.Look, Grants.Count: > 0 }))
        {
            foreach (var grant in look.Grants)
            {
                if (revoked.TryGetValue(grant, out var returned) && returned < look.Begun)
                {
                    yield return $"a lookup begun at {look.Begun} shows what grant {grant} opened, whose revoke returned at {returned}";
                }

                if (until.TryGetValue(grant, out var end) && end <= look.BegunAt)
                {
                    yield return $"a lookup begun at {look.BegunAt:O} shows what grant {grant} opened, which ended at {end:O}";
                }
            }

            if (look.Grants.All(grant => narrowed.TryGetValue(grant, out var one) && one.Returned < look.Begun)
                && look.Facets.Except(look.Grants.SelectMany(grant => narrowed[grant].Facets)).ToArray() is { Length: > 0 } more)
            {
                yield return $"a lookup begun at {look.Begun} shows {more[0]}, which its grants were narrowed from before";
            }

            if (pauses.FirstOrDefault(pause => pause.Returned < look.Begun && look.Returned < pause.Lifted) is { Lifted: > 0 } paused)
            {
                yield return $"a lookup begun at {look.Begun} was answered, while all was paused from {paused.Returned} on";
            }
        }

        foreach (var fault in Epochs(operations))
        {
            yield return fault;
        }
    }

    /// <summary>Frames that came off the wire after the reply to the revoke of a grant that they were sent under.</summary>
    public static IEnumerable<string> LateFrames(IEnumerable<WireMessage> wire)
    {
        var revoked = new Dictionary<string, int>();
        foreach (var message in wire.OrderBy(message => message.Place))
        {
            if (RevokedBy(message.Content) is { } grant)
            {
                revoked.TryAdd(grant, message.Place);
            }
            else if (FrameIn(message.Content) is { } frame)
            {
                foreach (var late in frame.GrantIds.Where(id => revoked.TryGetValue(id, out var reply) && reply < message.Place))
                {
                    yield return $"a frame at {message.Place} was sent under grant {late}, after the reply to its revoke at {revoked[late]}";
                }
            }
        }
    }

    /// <summary>The grant whose revoke this message answers; absent if it is another kind of message.</summary>
    private static string? RevokedBy(byte[] content)
    {
        try
        {
            var answer = RevokeGrantResponse.Parser.ParseFrom(content);
            return answer is { Grant: { State: GrantState.Revoked, GrantId.Length: 32 }, ConsentVersion.Length: > 0 } ? answer.Grant.GrantId : null;
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static ContextFrame? FrameIn(byte[] content)
    {
        try
        {
            return WatchContextResponse.Parser.ParseFrom(content).Frame;
        }
        catch (Google.Protobuf.InvalidProtocolBufferException)
        {
            return null;
        }
    }

    private static Dictionary<string, long> Earliest(IEnumerable<Operation> operations, OperationKind kind) => operations
        .Where(one => one.Kind == kind)
        .GroupBy(one => one.Grants[0])
        .ToDictionary(one => one.Key, one => one.Min(revoke => revoke.Returned));

    private static IEnumerable<(long Returned, long Lifted)> Pauses(IReadOnlyCollection<Operation> operations) => operations
        .Where(one => one.Kind == OperationKind.Pause)
        .Select(pause => (pause.Returned, operations
            .Where(one => one.Kind == OperationKind.Lift && one.Begun > pause.Begun)
            .Select(lift => lift.Begun)
            .DefaultIfEmpty(long.MaxValue)
            .Min()));

    /// <summary>Who begins after another change has returned gets no older version than that one did.</summary>
    private static IEnumerable<string> Epochs(IEnumerable<Operation> operations)
    {
        var changes = operations.Where(one => one.Kind != OperationKind.Look).ToArray();
        var returned = changes.OrderBy(one => one.Returned).ToArray();
        var (next, newest) = (0, 0L);
        foreach (var change in changes.OrderBy(one => one.Begun))
        {
            for (; next < returned.Length && returned[next].Returned < change.Begun; next++)
            {
                newest = Math.Max(newest, returned[next].Epoch);
            }

            if (change.Epoch < newest)
            {
                yield return $"a change begun at {change.Begun} returned version {change.Epoch}, after {newest} had been returned";
            }
        }
    }
}
