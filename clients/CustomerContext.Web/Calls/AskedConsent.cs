using CustomerContext.V1;

namespace CustomerContext.Web.Calls;

/// <summary>What an agent asked for in a call, and how it stands.</summary>
/// <param name="RequestId">The silo's id of the request.</param>
/// <param name="Code">Nine digits to read out. Secret.</param>
/// <param name="Url">The page of the code. Empty: the silo knows no pages. Secret.</param>
/// <param name="Digits">The two digits that the agent says. Secret.</param>
/// <param name="OnDevice">What the customer's phone shows if their issuer asks them there. Empty: no phone is asked.</param>
/// <param name="Until">When it lapses.</param>
/// <param name="State">How it stands.</param>
internal sealed record AskedConsent(string RequestId, string Code, string Url, string Digits, string OnDevice, DateTimeOffset Until, ConsentRequestState State)
{
    /// <summary>The code as it is read out: "123 456 789".</summary>
    public string InThrees => string.Join(' ', Code.Chunk(3).Select(three => new string(three)));

    /// <summary>Where the code is typed: "example.org/join".</summary>
    public string Where => Uri.TryCreate(Url, UriKind.Absolute, out var page) ? $"{page.Authority}/join" : "";

    /// <summary>As the silo answered.</summary>
    public static AskedConsent Of(RequestConsentResponse asked) =>
        new(asked.ConsentRequestId, asked.JoinCode, asked.JoinUrl, asked.SpokenDigits, asked.DeviceMessage, asked.ExpiresTime.ToDateTimeOffset(), ConsentRequestState.Waiting);
}
