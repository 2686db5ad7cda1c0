using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;

namespace CustomerContext.Grains.Tribes;

/// <summary>Keys of tribes, of readers, who are kept like them, and of their shards. Neither an id of a tribe or a company nor an audience has a '/' in it.</summary>
public static class TribeKeys
{
    /// <summary>The key of a tribe, as one audience sees it.</summary>
    public static string Tribe(GroupId group) => $"{group.Name}/{group.Audience.Value}";

    /// <summary>The key of one of its shards, from 0.</summary>
    public static string Shard(GroupId group, int number) => $"{Tribe(group)}/{number}";

    /// <summary>The group of a tribe's or a shard's key.</summary>
    public static GroupId GroupOf(string key) => key.Split('/') is [var name, var audience, ..]
        ? audience == Audience.Readers.Value ? GroupId.Readers(new TenantId(name)) : GroupId.Tribe(name, new Audience(audience))
        : throw new ArgumentException("Not the key of a tribe.", nameof(key));
}
