namespace CustomerContext.Web.Joins;

/// <summary>What a browser holds of the request for consent that its owner answers: in an encrypted cookie, so that it survives a switch to another app and stands in no address.</summary>
/// <param name="Code">The nine digits. Empty: none, or none any more.</param>
/// <param name="Proof">What the link held beside them. Empty: the code was typed or scanned.</param>
/// <param name="Session">The browser's session, by which the silo counts guesses.</param>
/// <param name="RequestId">Of the yes, so that pressing twice is one yes.</param>
internal sealed record JoinTicket(string Code, string Proof, string Session, string RequestId)
{
    /// <summary>Who got the yes. Empty: nobody yet.</summary>
    public string Tenant { get; init; } = "";

    /// <summary>The grant that the yes made. Empty: none yet.</summary>
    public string Grant { get; init; } = "";

    /// <summary>What was answered since: the values of the buttons that were pressed.</summary>
    public IReadOnlyList<string> Answers { get; init; } = [];
}
