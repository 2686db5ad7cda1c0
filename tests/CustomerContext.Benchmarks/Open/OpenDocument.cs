using CustomerContext.Benchmarks.Output;
using ScottPlot;

namespace CustomerContext.Benchmarks.Open;

/// <summary>Puts the tables into a document, and pictures beside it.</summary>
internal static class OpenDocument
{
    private const int Width = 900;
    private const int Height = 420;

    /// <exception cref="FormatException">The document has no marks.</exception>
    public static void Write(string path, IReadOnlyList<OpenReport> reports)
    {
        var images = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, "images")).FullName;
        var parts = new List<(string, IReadOnlyList<string[]>)>();
        foreach (var report in reports)
        {
            parts.Add((report.Title, report.Rows));
            Costs(report).SaveSvg(Path.Combine(images, $"look-cost-{report.Store}.svg".ToLowerInvariant()), Width, Height);
            Times(report).SaveSvg(Path.Combine(images, $"look-times-{report.Store}.svg".ToLowerInvariant()), Width, Height);
        }

        MarkedTables.Write(path, parts);
    }

    private static Plot Costs(OpenReport report)
    {
        var plot = new Plot();
        var costs = report.Costs.Reverse().ToArray();
        var bars = plot.Add.Bars([.. costs.Select(one => one.Microseconds)]);
        bars.Horizontal = true;
        foreach (var bar in bars.Bars)
        {
            bar.Label = $"{bar.Value:0} us";
        }

        plot.Axes.Left.SetTicks([.. costs.Select((_, place) => (double)place)], [.. costs.Select(one => one.Name)]);
        plot.Axes.SetLimitsX(0, costs.Max(one => one.Microseconds) * 1.15);
        plot.Title($"{report.Store}: processor time of server and Redis a call, all at one rate");
        return plot;
    }

    private static Plot Times(OpenReport report)
    {
        var plot = new Plot();
        double[] places = [.. Enumerable.Range(0, OpenReport.Percentiles.Length).Select(place => (double)place)];
        foreach (var (name, times) in report.Times)
        {
            var line = plot.Add.Scatter(places, times.Select(Math.Log10).ToArray());
            line.LegendText = name;
        }

        plot.Axes.Bottom.SetTicks(places, [.. OpenReport.Percentiles.Select(percent => $"{percent} %")]);
        double[] decades = [-1, 0, 1, 2, 3];
        plot.Axes.Left.SetTicks(decades, [.. decades.Select(decade => $"{Math.Pow(10, decade)} ms")]);
        plot.ShowLegend(Alignment.UpperLeft);
        plot.Title($"{report.Store}: time from when a call was due, each at 60 % of its own highest rate");
        return plot;
    }
}
