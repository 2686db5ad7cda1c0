using CustomerContext.Silo.Api.Http.Events;
using CustomerContext.Silo.Api.Http.Segment;

namespace CustomerContext.Silo.Api.Http;

/// <summary>The doors over HTTP.</summary>
internal static class HttpDoors
{
    /// <summary>Adds what they need.</summary>
    public static void AddHttpDoors(this IServiceCollection services)
    {
        services.AddSingleton<HttpDoor>();
        services.AddSingleton<SignalIntake>();
        services.AddSingleton<EventDoor>();
        services.AddSingleton<WriteKeyReader>();
        services.AddSingleton<SegmentDoor>();
    }

    /// <summary>Maps them.</summary>
    public static void MapHttpDoors(this WebApplication app)
    {
        app.MapPost("/events", (HttpContext http, EventDoor door) => door.Serve(http));
        foreach (var kind in SegmentDoor.Kinds)
        {
            app.MapPost($"/v1/{kind}", (HttpContext http, SegmentDoor door) => door.Serve(http, kind));
        }
    }
}
