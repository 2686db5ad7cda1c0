using System.Security.Cryptography;
using System.Text;
using CustomerContext.V1;

namespace CustomerContext.Web.Calls;

/// <summary>The brief's suggestions to the agent: they can dismiss one in a call, and turn all off in their browser. What the customer said themselves, and what is good to know, always stands.</summary>
internal sealed class Prompts(IHttpContextAccessor accessor)
{
    private const string Cookie = "__Host-prompts";
    private const string Off = "off";
    private const int KeyBytes = 16;

    /// <summary>Whether the agent has turned them off.</summary>
    public bool AreOff => accessor.HttpContext?.Request.Cookies[Cookie] == Off;

    /// <summary>Whether a point suggests what the agent could do or ask.</summary>
    public static bool IsPrompt(BriefPoint point) => point.Kind is BriefPointKind.Do or BriefPointKind.Ask && point.Provenance != Provenance.Declared;

    /// <summary>By what a dismissed one is known again. Its words do not tell: they say how old it is, so they change by themselves.</summary>
    public static string KeyOf(BriefPoint point) => Convert.ToHexStringLower(
        SHA256.HashData(Encoding.UTF8.GetBytes($"{point.Code}\n{point.Facet}\n{point.Topic}\n{point.Value}\n{point.EvidenceTime?.ToDateTimeOffset().UtcTicks}")).AsSpan(0, KeyBytes));

    /// <summary>True if a form says what <see cref="KeyOf"/> can have made; anything else is not kept.</summary>
    public static bool IsKey(string key) => key.Length == KeyBytes * 2;

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
