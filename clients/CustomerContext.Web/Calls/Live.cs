using System.Net.ServerSentEvents;
using CustomerContext.Web.Consent;
using CustomerContext.Web.Hosting;
using CustomerContext.Web.Operation;
using CustomerContext.Web.Queues;
using CustomerContext.Web.SignIn;
using Microsoft.AspNetCore.Http.HttpResults;

namespace CustomerContext.Web.Calls;

/// <summary>Pushes what changes to an open screen, as server-sent events: each holds the markup that a reload would show.</summary>
internal static class Live
{
    /// <summary>Maps the streams.</summary>
    public static void MapLive(this WebApplication app)
    {
        app.MapGet("/agent/{call}/live", (string call, HttpContext context, OpenCalls calls, CallScreen screen, CancellationToken stop) => OfCall(call, context, calls, open => screen.Watch(open, stop)))
            .RequireAuthorization(nameof(Role.Agent));
        app.MapGet("/agent/{call}/asked", (string call, HttpContext context, OpenCalls calls, CallScreen screen, CancellationToken stop) => OfCall(call, context, calls, open => screen.Await(open, stop)))
            .RequireAuthorization(nameof(Role.Agent));
        app.MapGet("/agent/queue/live", OfQueue).RequireAuthorization(nameof(Role.Agent));
        app.MapGet("/me/live", WatchHome).RequireAuthorization(nameof(Role.Customer));
        if (app.Services.GetRequiredService<WebConfig>().Development)
        {
            app.MapGet("/outbox/live", (SentMessages messages, long newest, CancellationToken stop) => TypedResults.ServerSentEvents(messages.Watch(newest, stop)));
        }
    }

    private static ServerSentEventsResult<string> WatchHome(HomeScreen screen, CancellationToken stop) => TypedResults.ServerSentEvents(screen.Watch(stop));

    private static IResult OfQueue(string? purpose, string? queue, QueueScreen screen, CancellationToken stop) =>
        QueueChoice.Of(purpose, queue) is { } choice ? TypedResults.ServerSentEvents(screen.Watch(choice, stop)) : Results.BadRequest();

    private static IResult OfCall(string call, HttpContext context, OpenCalls calls, Func<OpenCall, IAsyncEnumerable<SseItem<string>>> events) =>
        calls.Find(call, Visitor.SessionOf(context.User)) is { } open
            ? TypedResults.ServerSentEvents(events(open))
            : Results.NoContent(); // the browser then asks no more
}
