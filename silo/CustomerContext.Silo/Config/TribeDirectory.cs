using System.Collections.Frozen;
using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Tribes;

namespace CustomerContext.Silo.Config;

/// <summary>A tribe as people know it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Topics">What it is about, normalised.</param>
internal sealed record TribeInfo(TribeId Id, string Name, ImmutableArray<string> Topics);

/// <summary>The tribes that there are.</summary>
internal sealed class TribeDirectory(IEnumerable<TribeInfo> tribes)
{
    private readonly FrozenDictionary<TribeId, TribeInfo> _tribes = tribes.ToFrozenDictionary(tribe => tribe.Id);

    /// <summary>All of them, ordinal by id.</summary>
    public ImmutableArray<TribeInfo> All { get; } = [.. tribes.OrderBy(tribe => tribe.Id.Value, StringComparer.Ordinal)];

    /// <summary>What those are about that are about anything.</summary>
    public ImmutableArray<TribeTopics> Topics { get; } =
        [.. tribes.Where(tribe => !tribe.Topics.IsEmpty).OrderBy(tribe => tribe.Id.Value, StringComparer.Ordinal).Select(tribe => new TribeTopics(tribe.Id.Value, tribe.Topics))];

    /// <summary>The tribe of this id; absent if there is none.</summary>
    public TribeInfo? Find(TribeId id) => _tribes.GetValueOrDefault(id);
}
