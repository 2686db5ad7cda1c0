namespace CustomerContext.Web.Hosting;

/// <summary>What a browser may do with these pages: nothing from elsewhere, nothing inline; only the side panel in a frame, and only of the desktops that are named.</summary>
internal sealed class SecurityHeaders(WebConfig config, RequestDelegate next)
{
    private readonly string _policy = Policy(config, "'none'");
    private readonly string _embedded = Policy(config, config.Embed.Origins.Count > 0 ? string.Join(' ', config.Embed.Origins) : "'none'");

    /// <summary>Adds the headers to every answer.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        var isPanel = context.Request.Path.StartsWithSegments("/embed");
        headers.ContentSecurityPolicy = isPanel ? _embedded : _policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        if (!isPanel)
        {
            headers.XFrameOptions = "DENY";
        }

        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Pages show personal data: no cache keeps them. Files of wwwroot set their own.
        headers.CacheControl = "no-store";
        return next(context);
    }

    private static string Policy(WebConfig config, string framedBy)
    {
        // Signing out is a form that leads to the provider, and browsers hold this against the form.
        var forms = config.SignIn is { } provider ? $"'self' {new Uri(provider.Authority).GetLeftPart(UriPartial.Authority)}" : "'self'";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + $"form-action {forms}; base-uri 'none'; frame-src 'self'; frame-ancestors {framedBy}";
    }
}
