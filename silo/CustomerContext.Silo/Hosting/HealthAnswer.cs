using Microsoft.AspNetCore.Diagnostics.HealthChecks;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace CustomerContext.Silo.Hosting;

/// <summary>What <c>/healthz</c> says: one word, and a line for each check.</summary>
internal static class HealthAnswer
{
    /// <summary>For the health endpoint.</summary>
    public static HealthCheckOptions Options { get; } = new() { ResponseWriter = Write, Predicate = check => !check.Tags.Contains(StoreSeen.Tag) };

    private static Task Write(HttpContext context, HealthReport report)
    {
        context.Response.ContentType = "text/plain; charset=utf-8";
        var lines = report.Entries.Select(entry => $"{entry.Key}: {entry.Value.Status} {entry.Value.Description}\n");
        return context.Response.WriteAsync($"{report.Status}\n{string.Concat(lines)}");
    }
}
