using CustomerContext.V1;

namespace CustomerContext.Web.Calls;

/// <summary>
/// One call on an agent's screen: whom it is about and what has changed since it began. It lives here and not in the address, which shows an id that says
/// nothing, so a reload finds the same call and two tabs never mix.
/// </summary>
internal sealed class OpenCall(string id, string session, SubjectIdentifier subject, string purpose, DateTimeOffset began)
{
    /// <summary>Changes that are kept.</summary>
    public const int MaxChanges = 30;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, string> _seen = [];
    private readonly List<CallChange> _changes = [];

    /// <summary>In the address, and the interaction that looks are recorded under: 128 random bits.</summary>
    public string Id => id;

    /// <summary>The sign-in that it belongs to.</summary>
    public string Session => session;

    /// <summary>How the agent named the customer. Personal data.</summary>
    public SubjectIdentifier Subject => subject;

    /// <summary>The same as the agent typed it, for the head of the screen. Personal data.</summary>
    public string Shown => subject.IdentifierCase switch
    {
        SubjectIdentifier.IdentifierOneofCase.Email => subject.Email,
        SubjectIdentifier.IdentifierOneofCase.PhoneNumber => subject.PhoneNumber,
        _ => subject.Opaque,
    };

    /// <summary>What for.</summary>
    public string Purpose => purpose;

    /// <summary>When it began.</summary>
    public DateTimeOffset Began => began;

    /// <summary>What changed since then, newest first.</summary>
    public IReadOnlyList<CallChange> Changes
    {
        get
        {
            lock (_lock)
            {
                return [.. _changes];
            }
        }
    }

    /// <summary>Takes note of what the screen shows of a block now, in a few words. The first time is no change.</summary>
    public void Note(string block, string words, DateTimeOffset at)
    {
        lock (_lock)
        {
            if (_seen.TryGetValue(block, out var before) && before != words)
            {
                _changes.Insert(0, new CallChange(block, words, at));
                _changes.RemoveRange(Math.Min(MaxChanges, _changes.Count), Math.Max(0, _changes.Count - MaxChanges));
            }

            _seen[block] = words;
        }
    }
}

/// <summary>One change since a call began.</summary>
/// <param name="Block">Which block.</param>
/// <param name="Words">What it says now, in a few words.</param>
/// <param name="At">When it was seen.</param>
internal sealed record CallChange(string Block, string Words, DateTimeOffset At);
