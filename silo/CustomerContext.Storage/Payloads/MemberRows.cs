using System.Collections.Immutable;
using CustomerContext.Domain.Groups;
using Google.Protobuf;
using Google.Protobuf.Collections;

namespace CustomerContext.Storage.Payloads;

/// <summary>
/// Members of a group as rows of bytes, some 45 each, since a shard has thousands. A row: pseudonym (two fixed64), epoch, number (varints), flags (1 score, 2 post score, 4 released, 8
/// released post score, 16 x stratum, 64 x number of topics), then what the flags announce: score, post score (zigzag); posts, since, heard until, fresh until (varints); per topic
/// its place in the list and influence (varints); released scores (zigzag). A removal: pseudonym, epoch, number, kept until.
/// </summary>
internal static class MemberRows
{
    private const int HasScore = 1;
    private const int HasPostScore = 2;
    private const int HasReleased = 4;
    private const int HasReleasedPost = 8;
    private const int StratumShift = 4;
    private const int TopicsShift = 6;
    private const int RowBytes = 64;

    public static Stored.GroupMembers ToMessage(GroupMembers group)
    {
        var topics = new Dictionary<string, int>(StringComparer.Ordinal);
        using var members = new MemoryStream(group.Members.Length * RowBytes);
        using (var output = new CodedOutputStream(members, leaveOpen: true))
        {
            foreach (var member in group.Members)
            {
                Write(output, member, topics);
            }
        }

        using var removals = new MemoryStream();
        using (var output = new CodedOutputStream(removals, leaveOpen: true))
        {
            foreach (var removal in group.Removals)
            {
                Write(output, removal.Removal.Pseudonym, removal.Removal.Version);
                output.WriteInt64(removal.KeptUntil);
            }
        }

        return new Stored.GroupMembers
        {
            Topics = { topics.OrderBy(topic => topic.Value).Select(topic => topic.Key) },
            Members = UnsafeByteOperations.UnsafeWrap(members.GetBuffer().AsMemory(0, (int)members.Length)),
            Removals = UnsafeByteOperations.UnsafeWrap(removals.GetBuffer().AsMemory(0, (int)removals.Length)),
            Gone = group.Gone,
        };
    }

    public static GroupMembers FromMessage(Stored.GroupMembers stored)
    {
        var members = ImmutableArray.CreateBuilder<GroupMember>();
        var input = stored.Members.CreateCodedInput();
        while (!input.IsAtEnd)
        {
            members.Add(ReadMember(input, stored.Topics));
        }

        var removals = ImmutableArray.CreateBuilder<GroupRemoval>();
        input = stored.Removals.CreateCodedInput();
        while (!input.IsAtEnd)
        {
            var (pseudonym, version) = (ReadPseudonym(input), ReadVersion(input));
            removals.Add(new GroupRemoval(new Removal(pseudonym, version), input.ReadInt64()));
        }

        return new GroupMembers(members.ToImmutable(), removals.ToImmutable(), stored.Gone);
    }

    private static void Write(CodedOutputStream output, GroupMember member, Dictionary<string, int> topics)
    {
        var contribution = member.Contribution;
        Write(output, contribution.Pseudonym, contribution.Version);
        output.WriteUInt32((uint)(
            (contribution.Score is null ? 0 : HasScore)
            | (contribution.PostScore is null ? 0 : HasPostScore)
            | (member.Released is null ? 0 : HasReleased)
            | (member.Released?.PostScore is null ? 0 : HasReleasedPost)
            | ((int)contribution.Stratum << StratumShift)
            | (contribution.Topics.Length << TopicsShift)));
        WriteIfAny(output, contribution.Score);
        WriteIfAny(output, contribution.PostScore);
        output.WriteInt32(contribution.Posts);
        output.WriteInt64(contribution.Since);
        output.WriteInt64(contribution.HeardUntil);
        output.WriteInt64(contribution.FreshUntil);
        foreach (var topic in contribution.Topics)
        {
            topics.TryAdd(topic.Topic, topics.Count);
            output.WriteInt32(topics[topic.Topic]);
            output.WriteInt32(topic.Influence);
        }

        WriteIfAny(output, member.Released?.Score);
        WriteIfAny(output, member.Released?.PostScore);
    }

    private static GroupMember ReadMember(CodedInputStream input, RepeatedField<string> topics)
    {
        var (pseudonym, version, flags) = (ReadPseudonym(input), ReadVersion(input), (int)input.ReadUInt32());
        var (score, postScore) = (ReadIf(input, flags & HasScore), ReadIf(input, flags & HasPostScore));
        var (posts, since, heardUntil, freshUntil) = (input.ReadInt32(), input.ReadInt64(), input.ReadInt64(), input.ReadInt64());
        var contributed = ImmutableArray.CreateBuilder<ContributedTopic>(flags >> TopicsShift);
        for (var i = 0; i < contributed.Capacity; i++)
        {
            var place = input.ReadInt32();
            contributed.Add(new ContributedTopic(topics[place], input.ReadInt32()));
        }

        var (released, releasedPost) = (ReadIf(input, flags & HasReleased), ReadIf(input, flags & HasReleasedPost));
        return new GroupMember(
            new Contribution(
                pseudonym, version, score, postScore, posts, (Stratum)((flags >> StratumShift) & 3), since, heardUntil, freshUntil, contributed.MoveToImmutable()),
            released is { } known ? new ReleasedScore(known, releasedPost) : null);
    }

    private static void Write(CodedOutputStream output, Pseudonym pseudonym, ContributionVersion version)
    {
        output.WriteFixed64(pseudonym.High);
        output.WriteFixed64(pseudonym.Low);
        output.WriteInt64(version.Epoch);
        output.WriteInt64(version.Number);
    }

    private static Pseudonym ReadPseudonym(CodedInputStream input)
    {
        var high = input.ReadFixed64();
        return new Pseudonym(high, input.ReadFixed64());
    }

    private static ContributionVersion ReadVersion(CodedInputStream input)
    {
        var epoch = input.ReadInt64();
        return new ContributionVersion(epoch, input.ReadInt64());
    }

    private static void WriteIfAny(CodedOutputStream output, int? number)
    {
        if (number is { } known)
        {
            output.WriteSInt32(known);
        }
    }

    private static int? ReadIf(CodedInputStream input, int flag) => flag != 0 ? input.ReadSInt32() : null;
}
