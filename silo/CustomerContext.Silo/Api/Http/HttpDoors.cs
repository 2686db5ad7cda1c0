using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Http.Contract;
using CustomerContext.Silo.Api.Http.Events;
using CustomerContext.Silo.Api.Http.Segment;
using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Cors.Infrastructure;

namespace CustomerContext.Silo.Api.Http;

/// <summary>The doors over HTTP.</summary>
internal static class HttpDoors
{
    private const string Browsers = "browsers";

    /// <summary>Adds what they need.</summary>
    public static void AddHttpDoors(this IServiceCollection services)
    {
        services.AddSingleton<HttpDoor>();
        services.AddSingleton<SignalIntake>();
        services.AddSingleton<EventDoor>();
        services.AddSingleton<WriteKeyReader>();
        services.AddSingleton<SegmentDoor>();
        services.AddSingleton<ContractDoor>();
        services.AddCors();
        services.AddOptions<CorsOptions>().Configure<CurrentAccess>((cors, access) => cors.AddPolicy(Browsers, policy => policy
            .SetIsOriginAllowed(origin => access.Now.Origins.Contains(origin))
            .WithMethods(HttpMethods.Get, HttpMethods.Post)
            .AllowAnyHeader()
            .WithExposedHeaders("grpc-status", "grpc-message", "grpc-status-details-bin", "retry-after")
            .SetPreflightMaxAge(Limits.Doors.PreflightKept)));
    }

    /// <summary>Lets methods of the contract be called by JSON too, in its standard form.</summary>
    public static IGrpcServerBuilder AddJsonCalls(this IGrpcServerBuilder grpc) => grpc.AddJsonTranscoding(json =>
    {
        json.TypeRegistry = HttpErrors.Details;
        json.JsonSettings.IgnoreDefaultValues = true;
        json.JsonSettings.WriteInt64sAsStrings = true;
    });

    /// <summary>Before the doors: lets scripts of web pages that a company listed read the answers, and turns gRPC-Web into gRPC.</summary>
    public static void UseBrowserCalls(this WebApplication app)
    {
        app.UseCors();
        app.UseMiddleware<WebText>();
        app.UseGrpcWeb();
    }

    /// <summary>Lets scripts of web pages call a service, by gRPC-Web and by JSON. Consent is not decided by a company's page.</summary>
    public static GrpcServiceEndpointConventionBuilder ForBrowsers(this GrpcServiceEndpointConventionBuilder service) => service.EnableGrpcWeb().RequireCors(Browsers);

    /// <summary>Maps them.</summary>
    public static void MapHttpDoors(this WebApplication app)
    {
        app.MapPost("/events", (HttpContext http, EventDoor door) => door.Serve(http)).RequireCors(Browsers);
        app.MapGet(ContractDoor.Path, (HttpContext http, ContractDoor door) => door.ServeList(http)).RequireCors(Browsers);
        app.MapGet(ContractDoor.Path + "/openapi.json", (HttpContext http, ContractDoor door) => door.ServeDocument(http)).RequireCors(Browsers);
        app.MapGet(ContractDoor.Path + "/{**file}", (HttpContext http, string file, ContractDoor door) => door.ServeFile(http, file)).RequireCors(Browsers);
        foreach (var kind in SegmentDoor.Kinds)
        {
            app.MapPost($"/v1/{kind}", (HttpContext http, SegmentDoor door) => door.Serve(http, kind)).RequireCors(Browsers);
        }
    }
}
