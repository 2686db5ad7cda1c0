using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Durability;
using CustomerContext.Grains.Serving;

namespace CustomerContext.Grains.Identities;

/// <summary>Whose an identifier is, answered without its grain: the value that the grain would answer with at this moment.</summary>
/// <remarks><see cref="Find"/> runs on any thread; it reads a value that the grain replaces and never changes, by one read of a reference.</remarks>
internal sealed class ServedIdentity(string key, DurableState<IdentityState> state, TimeProvider time) : ServedGrain(key, time)
{
    private volatile bool _wasAsked;

    /// <summary>Whose it is; absent if the grain has to be asked: it leaves memory, or nobody knows whether a write of it landed.</summary>
    public IdentityState? Find()
    {
        var found = state.Visible;
        if (IsOver || !state.IsKnown)
        {
            return null;
        }

        Asked();
        return found;
    }

    /// <summary>Somebody asked.</summary>
    public void Asked() => _wasAsked = true;

    /// <summary>True if somebody asked since this was called before.</summary>
    public bool WasAsked()
    {
        var wasAsked = _wasAsked;
        _wasAsked = false;
        return wasAsked;
    }
}
