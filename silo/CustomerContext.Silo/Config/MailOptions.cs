namespace CustomerContext.Silo.Config;

/// <summary>The operator's own mail server, as written in the configuration. Default: no mail is sent to customers.</summary>
internal sealed class MailOptions
{
    /// <summary>HOST:PORT. It must speak TLS (port 465) or STARTTLS, but for one on loopback. Default: none.</summary>
    public string? Smtp { get; init; }

    /// <summary>Whom mail comes from. Default: none, required with Smtp.</summary>
    public string? From { get; init; }

    /// <summary>The user of the mail server. Default: none, and then it is not signed in to.</summary>
    public string? User { get; init; }

    /// <summary>The password of the user. Default: none.</summary>
    public string? Password { get; init; }
}
