using CustomerContext.V1;

namespace CustomerContext.Web.Calls;

/// <summary>The brief's suggestions to the agent: they can dismiss one in a call, and turn all off in their browser. What the customer said themselves, and what is good to know, always stands.</summary>
internal sealed class Prompts(IHttpContextAccessor accessor)
{
    private const string Cookie = "__Host-prompts";
    private const string Off = "off";

    /// <summary>Whether the agent has turned them off.</summary>
    public bool AreOff => accessor.HttpContext?.Request.Cookies[Cookie] == Off;

    /// <summary>Whether a point suggests what the agent could do or ask.</summary>
    public static bool IsPrompt(BriefPoint point) => point.Kind is BriefPointKind.Do or BriefPointKind.Ask && point.Provenance != Provenance.Declared;

    /// <summary>Turns them off or on, for a year.</summary>
    public void Switch(bool off) => accessor.HttpContext!.Response.Cookies.Append(Cookie, off ? Off : "on", new CookieOptions
    {
        MaxAge = TimeSpan.FromDays(365),
        SameSite = SameSiteMode.Lax,
        Secure = true,
        HttpOnly = true,
        IsEssential = true,
    });
}
