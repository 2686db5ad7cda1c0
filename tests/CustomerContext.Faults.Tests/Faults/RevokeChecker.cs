using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>A lookup: the moment at which it began, on one clock of moments for the whole trial, and whether it was answered with data.</summary>
internal readonly record struct Look(long Begun, bool HasData);

/// <summary>What must not happen once a revoke has returned.</summary>
internal static class RevokeChecker
{
    /// <summary>Lookups that began after <paramref name="returned"/> and were answered.</summary>
    public static IEnumerable<string> Lookups(IEnumerable<Look> looks, long returned) => looks
        .Where(look => look.HasData && look.Begun > returned)
        .Select(look => $"a lookup begun at {look.Begun} was answered, after the revoke returned at {returned}");

    /// <summary>Frames of watches that came off the wire after the reply to the revoke, which is the only message on its stream.</summary>
    public static IEnumerable<string> Frames(IReadOnlyList<WireMessage> wire, int revokeStream)
    {
        var reply = wire.Single(message => message.Stream == revokeStream).Place;
        return wire
            .Where(message => message.Place > reply && message.Stream != revokeStream)
            .Where(message => WatchContextResponse.Parser.ParseFrom(message.Content).Frame is not null)
            .Select(message => $"stream {message.Stream} sent a frame at {message.Place}, after the reply to the revoke at {reply}");
    }

    /// <summary>Watches whose last message is not the end that a revoke brings.</summary>
    public static IEnumerable<string> Ends(IReadOnlyList<WireMessage> wire, int revokeStream) => wire
        .Where(message => message.Stream != revokeStream)
        .GroupBy(message => message.Stream)
        .Where(stream => WatchContextResponse.Parser.ParseFrom(stream.Last().Content).Ended?.Reason != WatchEndReason.GrantRevoked)
        .Select(stream => $"stream {stream.Key} did not end with GRANT_REVOKED");
}
