namespace CustomerContext.Web.Operation;

/// <summary>What waits at a company, as the silo counts it.</summary>
/// <param name="Tenant">Which company.</param>
/// <param name="First">Work that is not escalated.</param>
/// <param name="Escalated">Work that is.</param>
/// <param name="Oldest">How long the oldest has waited.</param>
internal sealed record QueueFigures(string Tenant, long First, long Escalated, TimeSpan Oldest)
{
    private const string Open = "customercontext_work_open{";
    private const string Age = "customercontext_work_oldest_seconds{";

    /// <summary>Those of the metrics' text, by company.</summary>
    public static IReadOnlyList<QueueFigures> Read(string metrics) =>
    [
        .. metrics.Split('\n').Where(line => line.StartsWith(Open, StringComparison.Ordinal) || line.StartsWith(Age, StringComparison.Ordinal))
            .GroupBy(line => MetricLine.LabelOf(line, "tenant"))
            .Select(lines => new QueueFigures(lines.Key, (long)Of(lines, "first"), (long)Of(lines, "escalated"), TimeSpan.FromSeconds(lines.Where(IsAge).Sum(MetricLine.ValueOf))))
            .OrderBy(queue => queue.Tenant, StringComparer.Ordinal),
    ];

    private static double Of(IEnumerable<string> lines, string queue) => lines.Where(line => !IsAge(line) && MetricLine.LabelOf(line, "queue") == queue).Sum(MetricLine.ValueOf);

    private static bool IsAge(string line) => line.StartsWith(Age, StringComparison.Ordinal);
}
