using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;

namespace CustomerContext.Web.Joins;

/// <summary>Keeps the ticket of a browser in its cookie.</summary>
internal sealed class JoinTickets(IDataProtectionProvider protection)
{
    private const string Cookie = "__Host-join";

    /// <summary>A little longer than a request lives, so that what became of it can still be said.</summary>
    private static readonly TimeSpan _longest = TimeSpan.FromHours(4);

    private readonly ITimeLimitedDataProtector _protector = protection.CreateProtector("join").ToTimeLimitedDataProtector();

    /// <summary>A ticket for a code, in the session of the browser's last one: another code is another guess of the same browser.</summary>
    public JoinTicket New(HttpContext context, string code, string proof) =>
        new(code, proof, Read(context)?.Session ?? RandomNumberGenerator.GetHexString(32, lowercase: true), Guid.CreateVersion7().ToString());

    /// <summary>The ticket of this browser. Absent: it has none, or one that is not ours or too old.</summary>
    public JoinTicket? Read(HttpContext context)
    {
        try
        {
            return context.Request.Cookies[Cookie] is { } text ? JsonSerializer.Deserialize<JoinTicket>(_protector.Unprotect(text)) : null;
        }
        catch (Exception error) when (error is CryptographicException or JsonException)
        {
            return null;
        }
    }

    /// <summary>Keeps a ticket.</summary>
    public void Write(HttpContext context, JoinTicket ticket) =>
        context.Response.Cookies.Append(Cookie, _protector.Protect(JsonSerializer.Serialize(ticket), _longest), Options(_longest));

    /// <summary>Forgets it, but for the session.</summary>
    public void Clear(HttpContext context) => Write(context, New(context, "", ""));

    private static CookieOptions Options(TimeSpan age) =>
        new() { MaxAge = age, HttpOnly = true, Secure = true, SameSite = SameSiteMode.Lax, Path = "/", IsEssential = true };
}
