namespace CustomerContext.Web.Operation;

/// <summary>How the silo fares, as its own HTTP door says: health, and calls by method and outcome.</summary>
/// <param name="Health">One word, "Healthy". Absent: it does not answer.</param>
/// <param name="Checks">Each part that is checked.</param>
/// <param name="Promises">The times that are promised, by name.</param>
/// <param name="Queues">What waits, by company.</param>
/// <param name="Calls">By method: how many ended well, and how many did not.</param>
internal sealed record SiloFigures(string? Health, IReadOnlyList<PartCheck> Checks, IReadOnlyList<(string Name, Histogram Times)> Promises, IReadOnlyList<QueueFigures> Queues, IReadOnlyList<MethodCalls> Calls)
{
    private const string CallsMetric = "customercontext_calls_total{";

    /// <summary>Longer than the silo gives its own door to answer, so that what it then says is heard.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(8);

    /// <summary>Asks one silo after the other until one answers.</summary>
    public static async Task<SiloFigures> ReadFirst(HttpClient http, IEnumerable<Uri> silos, CancellationToken stop)
    {
        var figures = new SiloFigures(null, [], [], [], []);
        foreach (var silo in silos)
        {
            figures = await Read(http, silo, stop);
            if (figures.Health is not null)
            {
                break;
            }
        }

        return figures;
    }

    private static async Task<SiloFigures> Read(HttpClient http, Uri silo, CancellationToken stop)
    {
        using var tooLong = CancellationTokenSource.CreateLinkedTokenSource(stop);
        tooLong.CancelAfter(_longest);
        try
        {
            using var health = await http.GetAsync(new Uri(silo, "/healthz"), tooLong.Token); // unhealthy has a body as well
            var lines = (await health.Content.ReadAsStringAsync(tooLong.Token)).Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var metrics = await http.GetStringAsync(new Uri(silo, "/metrics"), tooLong.Token);
            return new SiloFigures(lines.FirstOrDefault(), [.. lines.Skip(1).Select(PartCheck.Read)], PromisesOf(metrics), QueueFigures.Read(metrics), CallsOf(metrics));
        }
        catch (Exception away) when (away is HttpRequestException || (away is OperationCanceledException && !stop.IsCancellationRequested))
        {
            return new SiloFigures(null, [], [], [], []);
        }
    }

    private static List<MethodCalls> CallsOf(string metrics) =>
    [
        .. metrics.Split('\n').Where(line => line.StartsWith(CallsMetric, StringComparison.Ordinal)).Select(Parse)
            .GroupBy(call => call.Method, (method, calls) => calls.Aggregate(new MethodCalls(method, 0, 0), (sum, call) =>
                call.IsGood ? sum with { Good = sum.Good + call.Count } : sum with { Other = sum.Other + call.Count }))
            .OrderByDescending(call => call.Good + call.Other),
    ];

    // customercontext_calls_total{otel_scope_name="CustomerContext",code="OK",method="/customercontext.v1.X/Y"} 3 1700000000000
    private static (string Method, bool IsGood, long Count) Parse(string line) =>
        (MetricLine.LabelOf(line, "method"), MetricLine.LabelOf(line, "code") == "OK", (long)MetricLine.ValueOf(line));

    /// <summary>What the world is promised, as it is now. Only looks that showed something: a refusal waits on purpose.</summary>
    private static IReadOnlyList<(string, Histogram)> PromisesOf(string metrics) =>
    [
        ("look", Histogram.Read(metrics, "customercontext_look_duration_seconds", line => MetricLine.LabelOf(line, "outcome") is "shown" or "partly")),
        ("signal", Histogram.Read(metrics, "customercontext_watch_signal_to_frame_duration_seconds")),
        ("dark", Histogram.Read(metrics, "customercontext_watch_change_to_dark_duration_seconds")),
    ];
}

/// <summary>One part of the silo: how it fares, and what else it says.</summary>
internal sealed record PartCheck(string Part, string State, string Detail)
{
    /// <summary>The state of a part that is well.</summary>
    public const string Good = "Healthy";

    /// <summary>Of a line "store: Healthy durability: EveryWrite".</summary>
    public static PartCheck Read(string line)
    {
        var words = line.Split([' '], 3);
        return new PartCheck(words[0].TrimEnd(':'), words.ElementAtOrDefault(1) ?? "", words.ElementAtOrDefault(2)?.Trim() ?? "");
    }
}

/// <summary>Calls of one method since the silo began.</summary>
internal sealed record MethodCalls(string Method, long Good, long Other)
{
    /// <summary>"ContextService/GetContext".</summary>
    public string Name => Method[(Method.LastIndexOf('.') + 1)..];
}
