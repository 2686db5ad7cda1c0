namespace CustomerContext.Silo.Config;

/// <summary>How a tenant's messages are sent, as written in the configuration. Default: no messages are sent.</summary>
internal sealed class MessageOptions
{
    /// <summary>An https address (http on loopback only) of the company's own program, which sends SMS and e-mail. Default: none.</summary>
    public string? Webhook { get; init; }

    /// <summary>What the webhook's calls are signed with: <c>whsec_</c> and 24 to 64 bytes in base64. Default: none, required with Webhook.</summary>
    public string? Secret { get; init; }

    /// <summary>HOST:PORT of a mail server, for e-mail if there is no webhook. It must speak TLS (port 465) or STARTTLS, but for one on loopback. Default: none.</summary>
    public string? Smtp { get; init; }

    /// <summary>Whom mail comes from, for example <c>Acme &lt;service@acme.example&gt;</c>. Default: none, required with Smtp.</summary>
    public string? From { get; init; }

    /// <summary>The user of the mail server. Default: none, and then it is not signed in to.</summary>
    public string? User { get; init; }

    /// <summary>The password of the user. Default: none.</summary>
    public string? Password { get; init; }
}
