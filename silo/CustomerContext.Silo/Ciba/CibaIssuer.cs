namespace CustomerContext.Silo.Ciba;

/// <summary>A checked <see cref="CibaOptions"/>.</summary>
internal sealed record CibaIssuer(string Issuer, string ClientId, string ClientSecret, TimeSpan Expiry);
