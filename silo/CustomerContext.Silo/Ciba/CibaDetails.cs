using System.Text.Json;
using System.Text.Json.Nodes;
using CustomerContext.Domain.Consents;
using CustomerContext.Silo.Api.Consents;
using Google.Protobuf;

namespace CustomerContext.Silo.Ciba;

/// <summary>
/// The terms of a request as rich authorization details (RFC 9396). An issuer that knows our type shows them on the device, and gives those back that the customer agreed to. Only what comes back whole was
/// shown whole.
/// </summary>
internal static class CibaDetails
{
    /// <summary>Our type; an issuer that knows it names it in its discovery document.</summary>
    public const string Type = "urn:customercontext:grant";

    private const string Field = "authorization_details";

    /// <summary>Everything that a yes would give, in the JSON form of the contract.</summary>
    public static string Of(WaitingRequest request) => new JsonArray(new JsonObject
    {
        ["type"] = Type,
        ["tenant"] = request.Tenant.Value,
        ["interaction_id"] = request.Interaction ?? "",
        ["terms"] = JsonNode.Parse(JsonFormatter.Default.Format(GrantTranslator.ToProto(request.Terms, request.Tenant))),
    }).ToJsonString();

    /// <summary>True if <paramref name="answer"/> of the token endpoint says that the customer agreed to <paramref name="asked"/>, no more and no less.</summary>
    public static bool AreIn(JsonElement answer, string asked) =>
        answer.TryGetProperty(Field, out var given) && JsonNode.DeepEquals(JsonNode.Parse(given.GetRawText()), JsonNode.Parse(asked));
}
