using CustomerContext.V1;
using CustomerContext.Web.Queues;

namespace CustomerContext.Web.Calls;

/// <summary>
/// One call on an agent's screen: whom it is about and what has changed since it began. It lives here and not in the address, which shows an id that says
/// nothing, so a reload finds the same call and two tabs never mix.
/// </summary>
internal sealed class OpenCall(string id, string session, SubjectIdentifier named, string purpose, DateTimeOffset began, string? interaction = null)
{
    /// <summary>Changes that are kept.</summary>
    public const int MaxChanges = 30;

    private readonly Lock _lock = new();
    /// <summary>The name of the whole screen among blocks.</summary>
    public const string Whole = "call";

    private readonly Dictionary<string, string> _seen = [];
    private readonly List<CallChange> _changes = [];
    private readonly HashSet<string> _dismissed = [];

    /// <summary>In the address: 128 random bits.</summary>
    public string Id => id;

    /// <summary>The interaction that looks are recorded under: the same, or the id that the desktop gave.</summary>
    public string Interaction => interaction ?? id;

    /// <summary>The sign-in that it belongs to.</summary>
    public string Session => session;

    /// <summary>Whom looks are about: as the agent named them, or, once somebody has said yes in this call, who that is. Personal data.</summary>
    public SubjectIdentifier Subject { get; private set; } = named;

    /// <summary>What the agent asked for last. Absent: nothing yet.</summary>
    public AskedConsent? Asked { get; private set; }

    /// <summary>True if whoever said yes is proven to be who the agent named; false if not. Absent: nobody said yes by a code or link.</summary>
    public bool? IsConfirmed { get; private set; }

    /// <summary>The same as the agent typed it, for the head of the screen. Empty: nobody typed it. Personal data.</summary>
    public string Shown { get; } = named.IdentifierCase switch
    {
        SubjectIdentifier.IdentifierOneofCase.Email => named.Email,
        SubjectIdentifier.IdentifierOneofCase.PhoneNumber => named.PhoneNumber,
        _ => named.Opaque,
    };

    /// <summary>The work that the agent holds in this call. Absent: none, or no longer.</summary>
    public HeldWork? Held { get; private set; }

    /// <summary>It began with work that the agent claimed.</summary>
    public bool IsFromQueue { get; private set; }

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

    /// <summary>Takes note of work that was claimed, or claimed for longer.</summary>
    public void Hold(HeldWork work) => (Held, IsFromQueue) = (work, true);

    /// <summary>The work is done, somebody else's, or gone.</summary>
    public void LetGo() => Held = null;

    /// <summary>Takes note of what was asked.</summary>
    public void Ask(RequestConsentResponse asked) => Asked = AskedConsent.Of(asked);

    /// <summary>Takes note of how the request stands; a yes says whom the call is about.</summary>
    public void Take(ConsentRequestStatus status)
    {
        if (Asked is null)
        {
            return;
        }

        Asked = Asked with { State = status.State };
        if (status.State == ConsentRequestState.Granted)
        {
            Subject = new SubjectIdentifier { CustomerId = status.CustomerId };
            IsConfirmed = status.IdentifierConfirmed;
        }
    }

    /// <summary>Nothing may be seen any more: what changed is forgotten too, and that it went dark is the one thing left to say.</summary>
    public void GoDark(string why, DateTimeOffset at)
    {
        lock (_lock)
        {
            _changes.Clear();
            _seen.Clear();
            _dismissed.Clear();
            LetGo();
            _changes.Add(new CallChange(Whole, why, at));
        }
    }

    /// <summary>The agent has dismissed a suggestion; of more than are kept the earlier ones come back.</summary>
    public void Dismiss(string prompt)
    {
        lock (_lock)
        {
            if (_dismissed.Count >= MaxChanges)
            {
                _dismissed.Clear();
            }

            _dismissed.Add(prompt);
        }
    }

    /// <summary>Whether the agent has dismissed it in this call.</summary>
    public bool IsDismissed(string prompt)
    {
        lock (_lock)
        {
            return _dismissed.Contains(prompt);
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
