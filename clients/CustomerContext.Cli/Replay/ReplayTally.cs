using System.Text.Json.Nodes;
using CustomerContext.Cli.Output;
using CustomerContext.V1;

namespace CustomerContext.Cli.Replay;

/// <summary>What became of everything so far.</summary>
internal sealed class ReplayTally
{
    /// <summary>So many refusals are told one by one.</summary>
    private const int ToldRefusals = 10;

    private const string MalformedLine = "MALFORMED_LINE";

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

    /// <summary>The first refusals: line, reason, field and rule.</summary>
    public List<string> FirstRefusals { get; init; } = [];

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
        foreach (var (reason, count) in other.Refused)
        {
            Refused[reason] = Refused.GetValueOrDefault(reason) + count;
        }

        FirstRefusals.AddRange(other.FirstRefusals.Take(ToldRefusals - FirstRefusals.Count));
    }

    public void Add(ReplayLine.Malformed line) => Refuse(line.Number, MalformedLine, line.Why);

    /// <summary>Safe for use from many threads.</summary>
    public void Refuse(long line, string reason, string why)
    {
        lock (_lock)
        {
            Refused[reason] = Refused.GetValueOrDefault(reason) + 1;
            if (FirstRefusals.Count < ToldRefusals)
            {
                FirstRefusals.Add($"line {line}: {reason}{(why.Length > 0 ? $", {why}" : "")}");
            }
        }
    }

    public JsonObject ToJson(bool isComplete) => new()
    {
        ["customers"] = Customers,
        ["grants"] = Grants,
        ["signals"] = Signals,
        ["accepted"] = Accepted,
        ["duplicate"] = Duplicate,
        ["refused"] = new JsonObject(Refused.Select(reason => KeyValuePair.Create(reason.Key, (JsonNode?)reason.Value))),
        ["firstRefusals"] = new JsonArray([.. FirstRefusals.Select(refusal => (JsonNode)refusal)]),
        ["isComplete"] = isComplete,
        ["seconds"] = Math.Round(Elapsed.TotalSeconds, 3),
    };

    private void Refuse(long line, ItemStatus? status) => Refuse(
        line,
        Words.Code(status?.Reason ?? ErrorReason.Unspecified),
        status is { Field.Length: > 0 } or { Rule.Length: > 0 } ? $"{status.Field} {status.Rule}".Trim() : "");
}
