using System.Text.Json.Nodes;
using CustomerContext.Client;
using CustomerContext.V1;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace CustomerContext.Cli.Output;

/// <summary>Shows a watch.</summary>
internal abstract class WatchWriter
{
    /// <returns>Why it ended.</returns>
    public abstract Task<WatchEndReason> WriteAllAsync(IAsyncEnumerable<WatchEvent> events);

    protected static string Why(WatchEndReason reason) => reason switch
    {
        WatchEndReason.GrantRevoked => "The customer has said stop. Forget what was shown.",
        WatchEndReason.GrantExpired => "The grant's time is over.",
        WatchEndReason.PurposeDisabled => "The purpose is no longer enabled. Forget what was shown.",
        WatchEndReason.TimeLimit => "The time for this watch is over.",
        _ => $"The watch has ended: {Words.Of(reason)}.",
    };

    protected static string Broken(WatchEvent.Interrupted interrupted) =>
        $"connection lost; what is shown may be old; next try in {Math.Max(interrupted.RetryDelay.TotalSeconds, 0.1):0.0} s";
}

/// <summary>One line of JSON an event.</summary>
internal sealed class JsonWatchWriter(TextWriter output) : WatchWriter
{
    public override async Task<WatchEndReason> WriteAllAsync(IAsyncEnumerable<WatchEvent> events)
    {
        var end = WatchEndReason.Unspecified;
        await foreach (var happened in events)
        {
            end = happened is WatchEvent.Ended ended ? ended.Reason : end;
            await output.WriteLineAsync(Json.Line(Describe(happened)));
            await output.FlushAsync();
        }

        return end;
    }

    private static JsonObject Describe(WatchEvent happened) => happened switch
    {
        WatchEvent.Changed changed => new JsonObject
        {
            ["event"] = "changed",
            ["frame"] = Json.Node(changed.Frame),
            ["current"] = Json.Node(changed.Current),
        },
        WatchEvent.Interrupted interrupted => new JsonObject
        {
            ["event"] = "interrupted",
            ["error"] = interrupted.Cause is { } cause ? ErrorReport.Describe(cause) : null,
            ["retryDelaySeconds"] = interrupted.RetryDelay.TotalSeconds,
        },
        WatchEvent.Resumed => new JsonObject { ["event"] = "resumed" },
        WatchEvent.Ended ended => new JsonObject { ["event"] = "ended", ["reason"] = Words.Code(ended.Reason) },
        _ => throw new ArgumentOutOfRangeException(nameof(happened)),
    };
}

/// <summary>What changed, one below the other, where the screen cannot be redrawn.</summary>
internal sealed class PlainWatchWriter(IAnsiConsole screen, TimeProvider time) : WatchWriter
{
    public override async Task<WatchEndReason> WriteAllAsync(IAsyncEnumerable<WatchEvent> events)
    {
        await foreach (var happened in events)
        {
            switch (happened)
            {
                case WatchEvent.Changed changed:
                    screen.MarkupLine($"[grey]{time.GetUtcNow():HH:mm:ss}[/]");
                    screen.Write(ContextPage.Render(
                        changed.Frame.Brief, changed.Frame.Context ?? new Context(), changed.Frame.Absent, changed.Frame.Withheld, time.GetUtcNow()));
                    break;
                case WatchEvent.Interrupted interrupted:
                    screen.MarkupLine($"[yellow]{Broken(interrupted)}[/]");
                    break;
                case WatchEvent.Resumed:
                    screen.MarkupLine("[green]connected again; nothing has changed[/]");
                    break;
                case WatchEvent.Ended ended:
                    screen.MarkupLine($"[bold]{Why(ended.Reason)}[/]");
                    return ended.Reason;
            }
        }

        return WatchEndReason.Unspecified;
    }
}

/// <summary>The whole context, redrawn in place; gone from the screen when the customer says stop.</summary>
internal sealed class LiveWatchWriter(IAnsiConsole screen, TimeProvider time) : WatchWriter
{
    public override async Task<WatchEndReason> WriteAllAsync(IAsyncEnumerable<WatchEvent> events)
    {
        var end = WatchEndReason.Unspecified;
        await screen.Live(new Markup("[grey]waiting for the first look…[/]")).StartAsync(async live =>
        {
            IRenderable page = new Text("");
            var changedAt = time.GetUtcNow();
            await foreach (var happened in events)
            {
                switch (happened)
                {
                    case WatchEvent.Changed changed:
                        page = ContextPage.Render(changed.Frame.Brief, changed.Current, changed.Frame.Absent, changed.Frame.Withheld, time.GetUtcNow());
                        changedAt = time.GetUtcNow();
                        live.UpdateTarget(new Rows(page, Live(changedAt)));
                        break;
                    case WatchEvent.Resumed:
                        live.UpdateTarget(new Rows(page, Live(changedAt)));
                        break;
                    case WatchEvent.Interrupted interrupted:
                        live.UpdateTarget(new Rows(page, new Markup($"[yellow]○ {Broken(interrupted)}[/]")));
                        break;
                    case WatchEvent.Ended ended:
                        end = ended.Reason;
                        live.UpdateTarget(new Markup($"[bold]{Why(ended.Reason)}[/]"));
                        break;
                }
            }
        });
        return end;
    }

    private static Markup Live(DateTimeOffset changedAt) => new($"[green]● live[/] [grey]changed {changedAt:HH:mm:ss} UTC · Ctrl+C ends[/]");
}
