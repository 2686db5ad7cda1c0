using CustomerContext.Domain;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Config;
using MailKit.Net.Smtp;
using MailKit.Security;
using MimeKit;

namespace CustomerContext.Silo.Messages;

/// <summary>Hands mail to a mail server.</summary>
internal sealed class MailCalls(TimeProvider time)
{
    private const int ImplicitTlsPort = 465;
    private const int PermanentFrom = 500;

    /// <summary>The longest for one mail, whatever the server answers on the way.</summary>
    private static readonly TimeSpan _longest = 3 * Limits.Joins.SendTimeout;

    /// <summary>Hands one over.</summary>
    /// <returns>True if it was taken; false if it was refused for good.</returns>
    /// <exception cref="MessageNotSentException">Perhaps the next try succeeds.</exception>
    public async Task<bool> Send(MailServer server, Mail mail, CancellationToken cancellation)
    {
        if (AddressOf(mail.To) is not { } to)
        {
            return false;
        }

        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        end.CancelAfter(_longest);
        try
        {
            using var message = MessageOf(server, mail, to);
            using var client = new SmtpClient { Timeout = (int)Limits.Joins.SendTimeout.TotalMilliseconds };
            await client.ConnectAsync(server.Host, server.Port, TlsOf(server), end.Token);
            if (server.User is { } user)
            {
                await client.AuthenticateAsync(user, server.Password ?? "", end.Token);
            }

            await client.SendAsync(message, end.Token);
            await client.DisconnectAsync(quit: true, end.Token);
            return true;
        }
        catch (SmtpCommandException error) when ((int)error.StatusCode >= PermanentFrom)
        {
            return false;
        }
        catch (Exception error) when (!cancellation.IsCancellationRequested)
        {
            // Whatever it was: no encryption offered, no sign-in, no answer. A caller tells of it and tries again.
            throw new MessageNotSentException("The mail server did not take the message.", error);
        }
    }

    /// <summary>An address as mail has it; absent if none can be sent to it.</summary>
    public static MailboxAddress? AddressOf(string address) => MailboxAddress.TryParse(address, out var parsed) && parsed.Domain.Length > 0 ? parsed : null;

    private MimeMessage MessageOf(MailServer server, Mail mail, MailboxAddress to)
    {
        var message = new MimeMessage
        {
            Subject = mail.Subject,
            Date = time.GetUtcNow(),
            MessageId = $"{mail.Id}@{server.From.Domain}",
            Body = new TextPart("plain") { Text = mail.Text },
        };
        message.From.Add(server.From);
        message.To.Add(to);
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (mail.StopLink is { } stop)
        {
            message.Headers.Add("List-Unsubscribe", $"<{stop}>");
        }

        return message;
    }

    /// <summary>Always encrypted, but for a server on this machine that does not offer it.</summary>
    private static SecureSocketOptions TlsOf(MailServer server) => server switch
    {
        { Port: ImplicitTlsPort } => SecureSocketOptions.SslOnConnect,
        { IsLoopback: true } => SecureSocketOptions.StartTlsWhenAvailable,
        _ => SecureSocketOptions.StartTls,
    };
}

/// <summary>A mail. Address and text are secret: neither may reach a log.</summary>
/// <param name="Id">Names it: the same for a repeat.</param>
/// <param name="To">The address.</param>
/// <param name="Subject">One line.</param>
/// <param name="Text">The whole text.</param>
/// <param name="StopLink">Where the reader ends such mail; absent: there is no page.</param>
internal sealed record Mail(string Id, string To, string Subject, string Text, string? StopLink);
