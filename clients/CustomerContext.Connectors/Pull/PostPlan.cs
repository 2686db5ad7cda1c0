using System.Collections.Immutable;
using CustomerContext.Connectors.Mastodon;
using CustomerContext.Connectors.State;

namespace CustomerContext.Connectors.Pull;

/// <summary>What has to be sent and taken back, from what is there and what was sent. Pure.</summary>
/// <param name="Gone">Versions that the silo may have and that are not there any more.</param>
/// <param name="New">Posts to send, oldest first, each with the number under which it is sent.</param>
/// <param name="Times">How often something of the account was taken back, this included.</param>
internal sealed record PostPlan(ImmutableArray<KnownPost> Gone, ImmutableArray<(Status Post, int Times)> New, int Times)
{
    /// <summary>Compares.</summary>
    /// <param name="known">What was sent, or may have been.</param>
    /// <param name="listed">The person's own public posts that are there.</param>
    /// <param name="whole">Of which times all posts are listed: those after it, in Unix milliseconds. Absent: <paramref name="listed"/> is a part, so what is not in it may be there all the same.</param>
    /// <param name="times">How often something of the account was taken back before.</param>
    public static PostPlan Of(IReadOnlyList<KnownPost> known, IReadOnlyCollection<Status> listed, long? whole, int times)
    {
        var there = listed.Select(status => (status.Id, status.Version)).ToHashSet();
        var ids = listed.Select(status => status.Id).ToHashSet(StringComparer.Ordinal);
        var sent = known.Where(post => post.Stage == PostStage.Sent).Select(post => (post.Status, post.Version)).ToHashSet();
        var sending = known.Where(post => post.Stage == PostStage.Sending).ToLookup(post => (post.Status, post.Version), post => post.Times);
        ImmutableArray<KnownPost> gone =
        [
            .. known.Where(post => post.Stage == PostStage.Gone || (!there.Contains((post.Status, post.Version)) && (ids.Contains(post.Status) || post.Created > whole)))
                .Select(post => post with { Stage = PostStage.Gone }),
        ];
        var next = gone.IsEmpty ? times : times + 1;
        return new PostPlan(
            gone,
            [
                .. listed.Where(status => !sent.Contains((status.Id, status.Version))).OrderBy(status => status.CreatedAt).ThenBy(status => status.Id, StringComparer.Ordinal)
                    .Select(status => (status, sending[(status.Id, status.Version)].DefaultIfEmpty(next).Max())),
            ],
            next);
    }
}
