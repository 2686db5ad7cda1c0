using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Messages;

/// <summary>Hands messages for e-mail addresses to the company's mail server.</summary>
internal sealed class SmtpSender(MailCalls calls) : IMessageSender
{
    public bool Takes(MessageWays ways, AddressKind kind) => ways is { Webhook: null, Smtp: not null } && kind == AddressKind.Email;

    public Task<bool> Send(MessageWays ways, JoinMessage message, CancellationToken cancellation) =>
        calls.Send(ways.Smtp!, new Mail(message.Id, message.To, message.Subject, message.Text, message.StopLink), cancellation);
}
