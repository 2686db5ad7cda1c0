namespace CustomerContext.Web.Hosting;

/// <summary>What a browser may do with these pages: nothing from elsewhere, nothing inline, no frame.</summary>
internal sealed class SecurityHeaders(WebConfig config, RequestDelegate next)
{
    private readonly string _policy = Policy(config);

    /// <summary>Adds the headers to every answer.</summary>
    public Task InvokeAsync(HttpContext context)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = _policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=(), payment=(), usb=()";
        headers.XFrameOptions = "DENY";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers["Cross-Origin-Resource-Policy"] = "same-origin";

        // Pages show personal data: no cache keeps them. Files of wwwroot set their own.
        headers.CacheControl = "no-store";
        return next(context);
    }

    private static string Policy(WebConfig config)
    {
        // Signing out is a form that leads to the provider, and browsers hold this against the form.
        var forms = config.SignIn is { } provider ? $"'self' {new Uri(provider.Authority).GetLeftPart(UriPartial.Authority)}" : "'self'";
        return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
            + $"form-action {forms}; base-uri 'none'; frame-ancestors 'none'";
    }
}
