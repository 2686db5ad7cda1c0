using System.Text.Json;
using CustomerContext.V1;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Cli.Records;

/// <summary>Checks offline that the provider signed the place where a record was cut.</summary>
internal static class CheckpointSignature
{
    private const string Type = "chain-checkpoint";

    /// <summary>Absent: <paramref name="checkpoint"/> is signed with a key of <paramref name="keys"/> and is what was signed. Else what is wrong.</summary>
    /// <param name="checkpoint">As it came with the record.</param>
    /// <param name="keys">The published key set (RFC 7517).</param>
    public static async Task<string?> FaultOfAsync(ChainCheckpoint checkpoint, JsonWebKeySet keys)
    {
        // A checkpoint is for ever and for nobody in particular; only who signed it and what it is are of interest.
        var result = await new JsonWebTokenHandler().ValidateTokenAsync(checkpoint.Signature, new TokenValidationParameters
        {
            IssuerSigningKeys = keys.GetSigningKeys(),
            ValidAlgorithms = [SecurityAlgorithms.EcdsaSha256],
            ValidTypes = [Type],
            ValidateIssuer = false,
            ValidateAudience = false,
            ValidateLifetime = false,
        });
        return !result.IsValid ? $"the cut after record {checkpoint.Head.Sequence} is not signed with a key of this set"
            : !IsOf((JsonWebToken)result.SecurityToken, checkpoint) ? $"the cut after record {checkpoint.Head.Sequence} is not the one that was signed"
            : null;
    }

    private static bool IsOf(JsonWebToken signed, ChainCheckpoint checkpoint)
    {
        using var content = JsonDocument.Parse(Base64UrlEncoder.DecodeBytes(signed.EncodedPayload));
        return content.RootElement.GetProperty("sequence").GetInt64() == checkpoint.Head.Sequence
            && content.RootElement.GetProperty("hash").GetString() == Convert.ToHexStringLower(checkpoint.Head.Hash.Span)
            && content.RootElement.GetProperty("create_time").GetDateTimeOffset() == checkpoint.CreateTime.ToDateTimeOffset();
    }
}
