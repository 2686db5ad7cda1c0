using CustomerContext.Domain;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Config;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CustomerContext.Silo.Messages;

/// <summary>Hands messages for e-mail addresses to the company's mail server.</summary>
internal sealed class SmtpSender(TimeProvider time) : IMessageSender
{
    private const int ImplicitTlsPort = 465;
    private const int PermanentFrom = 500;

    public bool Takes(MessageWays ways, AddressKind kind) => ways is { Webhook: null, Smtp: not null } && kind == AddressKind.Email;

    public async Task<bool> Send(MessageWays ways, JoinMessage message, CancellationToken cancellation)
    {
        var server = ways.Smtp!;
        using var mail = MailOf(server, message);
        using var client = new SmtpClient { Timeout = (int)Limits.Joins.SendTimeout.TotalMilliseconds };
        try
        {
            await client.ConnectAsync(server.Host, server.Port, TlsOf(server), cancellation);
            if (server.User is { } user)
            {
                await client.AuthenticateAsync(user, server.Password ?? "", cancellation);
            }

            await client.SendAsync(mail, cancellation);
            await client.DisconnectAsync(quit: true, cancellation);
            return true;
        }
        catch (SmtpCommandException error) when ((int)error.StatusCode >= PermanentFrom)
        {
            return false;
        }
        catch (Exception error) when (error is IOException or TimeoutException or System.Net.Sockets.SocketException or AuthenticationException or SslHandshakeException
            or ServiceNotConnectedException or CommandException or ProtocolException)
        {
            throw new MessageNotSentException("The mail server did not take the message.", error);
        }
    }

    private MimeMessage MailOf(MailServer server, JoinMessage message)
    {
        var mail = new MimeMessage
        {
            Subject = message.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{message.Id}@{server.From.Domain}",
            Body = new TextPart("plain") { Text = message.Text },
        };
        mail.From.Add(server.From);
        mail.To.Add(new MailboxAddress("", message.To));
        mail.Headers.Add("Auto-Submitted", "auto-generated");
        mail.Headers.Add("List-Unsubscribe", $"<{message.StopLink}>");
        return mail;
    }

    /// <summary>Always encrypted, but for a server on this machine that does not offer it.</summary>
    private static SecureSocketOptions TlsOf(MailServer server) => server switch
    {
        { Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
        { IsLoopback: true } => SecureSocketOptions.StartTlsWhenAvailable,
        _ => SecureSocketOptions.StartTls,
    };
}
