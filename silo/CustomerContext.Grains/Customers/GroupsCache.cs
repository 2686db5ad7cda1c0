using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Help;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Grains.Customers;

/// <summary>The latest that was put together of releases, for as long as nothing that it was made of has changed.</summary>
internal sealed class GroupsCache
{
    private const int Contents = 16;

    private readonly List<(ContextSnapshot Own, TribeViews Tribes, bool ShowsMind, GroupsContent Content)> _known = [];
    private TiesState? _state;

    /// <summary>What is shown beside <paramref name="own"/>.</summary>
    /// <param name="state">With every release made that is due.</param>
    /// <param name="own">What the reader sees of the customer themselves.</param>
    /// <param name="tribes">What the customer's groups show the reader.</param>
    /// <param name="showsMind">True if TOP_OF_MIND is shown beside it.</param>
    public GroupsContent Get(TiesState state, ContextSnapshot own, TribeViews tribes, bool showsMind)
    {
        if (!ReferenceEquals(state, _state) || _known.Count >= Contents)
        {
            _known.Clear();
            _state = state;
        }

        foreach (var known in _known)
        {
            if (ReferenceEquals(known.Own, own) && known.ShowsMind == showsMind && known.Tribes.Audience == tribes.Audience && known.Tribes.IsSame(tribes))
            {
                return known.Content;
            }
        }

        // A tribe that was joined between asking for its view and now is shown the next time.
        var content = GroupsContent.Of(state, own, tribes.Views, tribes.Audience) with { Help = HelpRules.Of(tribes.Readers, showsMind ? own.TopOfMind : null) };
        _known.Add((own, tribes, showsMind, content));
        return content;
    }
}
