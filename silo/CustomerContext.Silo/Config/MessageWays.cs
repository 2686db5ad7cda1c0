using MimeKit;

namespace CustomerContext.Silo.Config;

/// <summary>How a tenant's messages are sent, checked.</summary>
/// <param name="Webhook">The program of the company's own, and the secret that its calls are signed with; absent if there is none.</param>
/// <param name="Smtp">The mail server; absent if there is none.</param>
internal sealed record MessageWays((Uri Address, byte[] Secret)? Webhook, MailServer? Smtp)
{
    /// <summary>No way.</summary>
    public static MessageWays None { get; } = new(null, null);

    /// <summary>What <paramref name="options"/> say; what is wrong with them goes to <paramref name="errors"/>.</summary>
    public static MessageWays Read(MessageOptions options, ConfigErrors errors, string key)
    {
        (Uri, byte[])? webhook = null;
        if (options.Webhook is { } text)
        {
            var secret = WebhookSecret.Read(options.Secret ?? "");
            if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || !Access.IssuerAddress.IsSafe(address))
            {
                errors.Add($"{key}:Webhook", "must be an https address; http is for loopback only");
            }
            else if (secret is null)
            {
                errors.Add($"{key}:Secret", WebhookSecret.Rule);
            }
            else
            {
                webhook = (address, secret);
            }
        }

        return new MessageWays(webhook, MailServer.Read(options.Smtp, options.From, options.User, options.Password, errors, key));
    }
}

/// <summary>A mail server, and whom its mail comes from.</summary>
internal sealed record MailServer(string Host, int Port, bool IsLoopback, MailboxAddress From, string? User, string? Password)
{
    /// <summary>What the settings say; absent if there is none. What is wrong with them goes to <paramref name="errors"/>.</summary>
    public static MailServer? Read(string? smtp, string? from, string? user, string? password, ConfigErrors errors, string key)
    {
        if (smtp is null)
        {
            return null;
        }

        if (!Uri.TryCreate($"smtp://{smtp}", UriKind.Absolute, out var address) || address.Port <= 0 || address.PathAndQuery != "/" || address.UserInfo.Length > 0)
        {
            errors.Add($"{key}:Smtp", "must be HOST:PORT");
            return null;
        }

        if (!MailboxAddress.TryParse(from ?? "", out var sender) || sender.Domain.Length == 0)
        {
            errors.Add($"{key}:From", "must be an e-mail address, with or without a name");
            return null;
        }

        return new MailServer(address.Host, address.Port, address.IsLoopback, sender, user, password);
    }
}
