namespace CustomerContext.Silo.Messages;

/// <summary>In development mode anybody on this machine may read what was sent.</summary>
internal static class OutboxDoor
{
    /// <summary>Maps <c>/outbox</c>: the messages as JSON, newest first. Outside development mode there is no such address.</summary>
    public static void MapOutbox(this WebApplication app)
    {
        if (app.Services.GetRequiredService<DevelopmentOutbox>().IsOpen)
        {
            app.MapGet("/outbox", (DevelopmentOutbox outbox) => Results.Json(outbox.Newest().Select(message => new
            {
                tenant = message.Tenant,
                to = message.To,
                language = message.Language,
                subject = message.Subject,
                text = message.Text,
                link = message.Link,
                stop_link = message.StopLink,
                expires_time = message.Expires,
            })));
        }
    }
}
