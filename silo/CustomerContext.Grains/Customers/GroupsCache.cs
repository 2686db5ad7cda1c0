using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Grains.Customers;

/// <summary>The latest that was put together of releases, for as long as nothing that it was made of has changed.</summary>
internal sealed class GroupsCache
{
    private const int Contents = 16;

    private readonly List<(ContextSnapshot Own, TribeViews Tribes, GroupsContent Content)> _known = [];
    private TiesState? _state;

    /// <summary>What is shown beside <paramref name="own"/>.</summary>
    public GroupsContent Get(TiesState state, ContextSnapshot own, TribeViews tribes)
    {
        if (!ReferenceEquals(state, _state) || _known.Count >= Contents)
        {
            _known.Clear();
            _state = state;
        }

        foreach (var known in _known)
        {
            if (ReferenceEquals(known.Own, own) && known.Tribes.Audience == tribes.Audience && known.Tribes.Views.AsSpan().SequenceEqual(tribes.Views.AsSpan()))
            {
                return known.Content;
            }
        }

        // A tribe that was joined between asking for its view and now is shown the next time.
        var content = GroupsContent.Of(state, own, tribes.Views, tribes.Audience);
        _known.Add((own, tribes, content));
        return content;
    }
}
