using System.Security.Claims;

namespace CustomerContext.Web.SignIn;

/// <summary>Who is signed in, as the session cookie says. Names are shown to nobody else.</summary>
internal sealed record Visitor(Role Role, string Name, string Company)
{
    private const string RoleClaim = "page_role";
    private const string CompanyClaim = "company";
    private const string SessionClaim = "session";

    /// <summary>Of the current request. Absent: nobody is signed in.</summary>
    public static Visitor? Of(ClaimsPrincipal user) =>
        user.Identity?.IsAuthenticated == true && Enum.TryParse<Role>(user.FindFirstValue(RoleClaim), out var role)
            ? new Visitor(role, user.Identity.Name ?? "", user.FindFirstValue(CompanyClaim) ?? "")
            : null;

    /// <summary>The id of the sign-in: new each time, so what belongs to one is never another's.</summary>
    public static string SessionOf(ClaimsPrincipal user) => user.FindFirstValue(SessionClaim) ?? "";

    /// <summary>The same for the session cookie.</summary>
    public ClaimsIdentity ToIdentity(string session) => new(
        [new(ClaimTypes.Name, Name), new(ClaimTypes.Role, Role.ToString()), new(RoleClaim, Role.ToString()), new(CompanyClaim, Company), new(SessionClaim, session)],
        "session");
}
