namespace CustomerContext.Silo.Ciba;

/// <summary>What asking began.</summary>
/// <param name="Id">The issuer's <c>auth_req_id</c>. Secret.</param>
/// <param name="Expiry">How long the device asks.</param>
/// <param name="Interval">The least time between two polls.</param>
internal sealed record CibaStart(string Id, TimeSpan Expiry, TimeSpan Interval);

/// <summary>What a poll brought.</summary>
/// <param name="Outcome">How it stands.</param>
/// <param name="Subject">Who said yes, at this issuer, proved by its signature; absent unless approved.</param>
/// <param name="ShowedTerms">True if the issuer says that they agreed to every term.</param>
internal readonly record struct CibaAnswer(CibaOutcome Outcome, string? Subject = null, bool ShowedTerms = false);

/// <summary>How a request at an issuer stands.</summary>
internal enum CibaOutcome
{
    /// <summary>The customer has not decided.</summary>
    Pending,

    /// <summary>As pending, and we ask too often.</summary>
    SlowDown,

    /// <summary>Yes.</summary>
    Approved,

    /// <summary>No.</summary>
    Refused,

    /// <summary>Nobody will decide any more: it has expired, or the issuer or its answer is not what it should be.</summary>
    Over,

    /// <summary>The issuer did not answer; it may next time.</summary>
    Trouble,
}
