using System.Text.Json.Nodes;
using CustomerContext.Cli.Output;
using CustomerContext.V1;

namespace CustomerContext.Cli.Replay;

/// <summary>What became of everything so far.</summary>
internal sealed class ReplayTally
{
    /// <summary>So many refusals of each reason are told one by one.</summary>
    private const int ToldRefusals = 10;

    /// <summary>What was sent in this run; earlier runs are known to the server alone.</summary>
    private readonly HashSet<(string Source, string Id)> _sent = [];

    private readonly Lock _lock = new();

    public long Customers { get; set; }

    public long Grants { get; set; }

    public long Signals { get; set; }

    public long Accepted { get; set; }

    public long Duplicate { get; set; }

    /// <summary>How many were refused, by reason.</summary>
    public Dictionary<string, long> Refused { get; init; } = [];

    /// <summary>How many lines said nothing that could be told of anybody, by reason.</summary>
    public Dictionary<string, long> Skipped { get; init; } = [];

    /// <summary>The first refusals of each reason: line, reason, field and rule.</summary>
    public List<ToldRefusal> FirstRefusals { get; init; } = [];

    /// <summary>Working time, all runs together.</summary>
    public TimeSpan Elapsed { get; set; }

    public bool IsAllTaken => Refused.Count == 0;

    public void Add(Signal signal, long line, SignalResult result)
    {
        Signals++;
        var isRepeat = !_sent.Add((signal.Source, signal.Id));
        switch (result.Outcome)
        {
            case SignalOutcome.Accepted when !isRepeat:
                Accepted++;
                break;
            case SignalOutcome.Accepted or SignalOutcome.Duplicate:
                Duplicate++;
                break;
            default:
                Refuse(line, result.Status);
                break;
        }
    }

    /// <summary>A signal that a customer sent themselves. Safe for use from many threads.</summary>
    public void AddOwn(long line, SignalResult result)
    {
        lock (_lock)
        {
            Signals++;
            Accepted += result.Outcome == SignalOutcome.Accepted ? 1 : 0;
            Duplicate += result.Outcome == SignalOutcome.Duplicate ? 1 : 0;
        }

        if (result.Outcome is not (SignalOutcome.Accepted or SignalOutcome.Duplicate))
        {
            Refuse(line, result.Status);
        }
    }

    /// <summary>Safe for use from many threads.</summary>
    public void AddCustomer(int grants)
    {
        lock (_lock)
        {
            Customers++;
            Grants += grants;
        }
    }

    /// <summary>Adds what another one has counted.</summary>
    public void Add(ReplayTally other)
    {
        Customers += other.Customers;
        Grants += other.Grants;
        Signals += other.Signals;
        Accepted += other.Accepted;
        Duplicate += other.Duplicate;
        AddUp(Refused, other.Refused);
        AddUp(Skipped, other.Skipped);
        other.FirstRefusals.ForEach(TellOf);
    }

    public void Add(ReplayLine.Unsent line)
    {
        if (line is ReplayLine.Refused refused)
        {
            Refuse(line.Number, refused.Reason, refused.Why);
        }
        else if (line is ReplayLine.Skipped skipped)
        {
            Skipped[skipped.Reason] = Skipped.GetValueOrDefault(skipped.Reason) + 1;
        }
    }

    /// <summary>A signal of a dry run, which nobody is asked about.</summary>
    public void AddUnasked(Signal signal, long line) => Add(signal, line, new SignalResult { Outcome = SignalOutcome.Accepted });

    /// <summary>Messages of the Segment specification that were taken, or that a dry run would send.</summary>
    public void AddTaken(long messages)
    {
        Signals += messages;
        Accepted += messages;
    }

    /// <summary>Safe for use from many threads.</summary>
    public void Refuse(long line, string reason, string why)
    {
        lock (_lock)
        {
            Refused[reason] = Refused.GetValueOrDefault(reason) + 1;
            TellOf(new ToldRefusal(line, reason, why));
        }
    }

    public JsonObject ToJson(bool isComplete) => new()
    {
        ["customers"] = Customers,
        ["grants"] = Grants,
        ["signals"] = Signals,
        ["accepted"] = Accepted,
        ["duplicate"] = Duplicate,
        ["refused"] = Json(Refused),
        ["skipped"] = Json(Skipped),
        ["firstRefusals"] = new JsonArray([.. FirstRefusals.Select(refusal => (JsonNode)refusal.ToString())]),
        ["isComplete"] = isComplete,
        ["seconds"] = Math.Round(Elapsed.TotalSeconds, 3),
    };

    private void TellOf(ToldRefusal refusal)
    {
        if (FirstRefusals.Count(one => one.Reason == refusal.Reason) < ToldRefusals)
        {
            FirstRefusals.Add(refusal);
        }
    }

    private static void AddUp(Dictionary<string, long> counts, Dictionary<string, long> more)
    {
        foreach (var (reason, count) in more)
        {
            counts[reason] = counts.GetValueOrDefault(reason) + count;
        }
    }

    private static JsonObject Json(Dictionary<string, long> counts) => new(counts.Select(one => KeyValuePair.Create(one.Key, (JsonNode?)one.Value)));

    private void Refuse(long line, ItemStatus? status) => Refuse(
        line,
        Words.Code(status?.Reason ?? ErrorReason.Unspecified),
        status is { Field.Length: > 0 } or { Rule.Length: > 0 } ? $"{status.Field} {status.Rule}".Trim() : "");

    /// <param name="Line">The number of the line.</param>
    /// <param name="Reason">A code.</param>
    /// <param name="Why">Field and rule; empty if there is no more to say.</param>
    internal sealed record ToldRefusal(long Line, string Reason, string Why)
    {
        public override string ToString() => $"line {Line}: {Reason}{(Why.Length > 0 ? $", {Why}" : "")}";
    }
}
