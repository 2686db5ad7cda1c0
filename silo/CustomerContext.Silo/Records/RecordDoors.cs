using System.Net.Mime;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Records;

/// <summary>What anybody may fetch to check a receipt: the key set, and the notices that receipts name.</summary>
internal static class RecordDoors
{
    /// <summary>Maps them.</summary>
    public static void MapRecordDoors(this WebApplication app)
    {
        app.MapGet("/.well-known/jwks.json", (SigningKeys keys) => Results.Text(keys.Published, "application/jwk-set+json"));
        app.MapGet("/notices", () => Results.Json(Notices.All.Select(notice => notice.Version).Distinct()));
        app.MapGet("/notices/{version}", (string version, string? language) => Notices.Find(version, language ?? "en") is { } notice
            ? Results.Text(notice.Text, MediaTypeNames.Text.Plain)
            : Results.NotFound());
    }
}
