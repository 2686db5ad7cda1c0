using System.Collections.Concurrent;
using System.Security.Cryptography;
using CustomerContext.V1;
using CustomerContext.Web.Queues;

namespace CustomerContext.Web.Calls;

/// <summary>The calls that agents have open, in memory: gone when the call ends, when the agent signs out, and with this process.</summary>
internal sealed class OpenCalls(TimeProvider time)
{
    /// <summary>A session has at most so many; a new one ends the oldest.</summary>
    public const int MaxOfSession = 8;

    /// <summary>A call ends by itself after so long.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromHours(4);

    private readonly ConcurrentDictionary<string, OpenCall> _calls = new();

    /// <summary>Begins one; under an interaction that is open already in the same session, goes on with that.</summary>
    public OpenCall Begin(string session, SubjectIdentifier subject, string purpose, string? interaction = null)
    {
        if (interaction is not null && Of(session).FirstOrDefault(call => call.Interaction == interaction) is { } known)
        {
            return known;
        }

        var now = time.GetUtcNow();
        var old = _calls.Values.Where(call => call.Began + Longest < now)
            .Concat(_calls.Values.Where(call => call.Session == session).OrderByDescending(call => call.Began).Skip(MaxOfSession - 1));
        foreach (var call in old.ToArray())
        {
            _calls.TryRemove(call.Id, out _);
        }

        var begun = new OpenCall(RandomNumberGenerator.GetHexString(32, lowercase: true), session, subject, purpose, now, interaction);
        _calls[begun.Id] = begun;
        return begun;
    }

    /// <summary>A call of this session. Absent: there is none, or it is somebody else's.</summary>
    public OpenCall? Find(string id, string session) =>
        _calls.TryGetValue(id, out var call) && call.Session == session && time.GetUtcNow() < call.Began + Longest ? call : null;

    /// <summary>How many are open.</summary>
    public int Count => _calls.Count;

    /// <summary>Those of a session, newest first.</summary>
    public IReadOnlyList<OpenCall> Of(string session) =>
        [.. _calls.Values.Where(call => call.Session == session && time.GetUtcNow() < call.Began + Longest).OrderByDescending(call => call.Began)];

    /// <summary>The work that a session holds, and in which call.</summary>
    public IReadOnlyList<(string Call, HeldWork Held)> HeldBy(string session) =>
        [.. Of(session).Select(call => (Call: call.Id, call.Held)).Where(mine => mine.Held is not null).Select(mine => (mine.Call, mine.Held!))];

    /// <summary>Ends one; it is forgotten.</summary>
    public void End(OpenCall call) => _calls.TryRemove(call.Id, out _);

    /// <summary>Ends all of a session.</summary>
    public void EndAllOf(string session)
    {
        foreach (var call in _calls.Values.Where(call => call.Session == session).ToArray())
        {
            End(call);
        }
    }
}
