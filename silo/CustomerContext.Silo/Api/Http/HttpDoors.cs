using CustomerContext.Silo.Api.Http.Events;
using CustomerContext.Silo.Api.Http.Segment;
using Grpc.AspNetCore.Server;

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

    /// <summary>Lets methods of the contract be called by JSON too, in its standard form.</summary>
    public static IGrpcServerBuilder AddJsonCalls(this IGrpcServerBuilder grpc) => grpc.AddJsonTranscoding(json =>
    {
        json.TypeRegistry = HttpErrors.Details;
        json.JsonSettings.IgnoreDefaultValues = true;
        json.JsonSettings.WriteInt64sAsStrings = true;
    });

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
