using CustomerContext.Domain.Groups;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>What a group adds up to.</summary>
internal static class SumsPayload
{
    public static Stored.GroupSums ToMessage(GroupSums sums)
    {
        var stored = new Stored.GroupSums
        {
            Posts = { sums.Posts.Posts, sums.Posts.Score, sums.Posts.Most, sums.Posts.Both, sums.Posts.Change, sums.Posts.Spread },
            Topics = { sums.Topics.Select(ToMessage) },
        };
        Write(stored.Silent, sums.Silent);
        Write(stored.Few, sums.Few);
        Write(stored.Many, sums.Many);
        return stored;
    }

    public static GroupSums FromMessage(Stored.GroupSums stored) => new(
        Read(stored.Silent),
        Read(stored.Few),
        Read(stored.Many),
        stored.Posts is [var posts, var score, var most, var both, var change, var spread]
            ? new PostSums(posts, score, (int)most, both, change, spread)
            : throw new PayloadException("Stored sums are not whole."),
        [.. stored.Topics.Select(FromMessage)]);

    private static void Write(RepeatedField<long> list, StratumSums sums) =>
        list.AddRange([sums.Members, sums.Voices, sums.Score, sums.Squares, sums.Both, sums.Change, sums.ChangeSquares, sums.Moved]);

    private static StratumSums Read(RepeatedField<long> list) =>
        list is [var members, var voices, var score, var squares, var both, var change, var changeSquares, var moved]
            ? new StratumSums((int)members, (int)voices, score, squares, (int)both, change, changeSquares, (int)moved)
            : throw new PayloadException("Stored sums are not whole.");

    private static Stored.TopicSums ToMessage(TopicSums sums) => new()
    {
        Topic = sums.Topic,
        Members = sums.Members,
        Influence = { sums.Influence.Select(count => new Stored.InfluenceCount { Influence = count.Influence, Members = count.Members }) },
    };

    private static TopicSums FromMessage(Stored.TopicSums stored) =>
        new(stored.Topic, stored.Members, [.. stored.Influence.Select(count => new InfluenceCount(count.Influence, count.Members))]);
}
