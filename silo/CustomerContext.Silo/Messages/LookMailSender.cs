using System.Diagnostics.Metrics;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Messages;

/// <summary>Mails customers about looks, by the operator's mail server; in development mode into the outbox.</summary>
internal sealed class LookMailSender(
    SiloConfig config, AddressSeal seal, CurrentAccess access, PublicPages pages, MailCalls calls, DevelopmentOutbox outbox, IMeterFactory meters, IHostApplicationLifetime lifetime)
    : ILookMailSender
{
    private readonly Counter<long> _mails = meters.Create(Telemetry.Name).CreateCounter<long>(
        "customercontext.look_mails", description: "Mails to customers about looks, by what became of them.");

    /// <summary>True if there is a way to send mail.</summary>
    public bool CanSend => config.Mail is not null || outbox.IsOpen;

    public async Task Send(CustomerKey customer, LookMail mail, LookMailing mailing)
    {
        if (!CanSend)
        {
            Ended("noway");
            return;
        }

        var (subject, text) = LookMailText.Of(mail.Language, mailing, tenant => access.Now.Tenants.GetValueOrDefault(tenant)?.Face.DisplayName ?? tenant.Value, pages.Home, pages.Choices);
        var message = new Mail(seal.IdOf(customer, mailing.Told.Sequence), seal.Open(customer, mail.Address.AsSpan()), subject, text, pages.Choices);
        if (outbox.IsOpen)
        {
            outbox.Add(new OutboxMessage(message.Id, null, message.To, mail.Language, subject, text, pages.Home, pages.Choices, null));
        }

        Ended(config.Mail is null || await calls.Send(config.Mail, message, lifetime.ApplicationStopping) ? "sent" : "refused");
    }

    private void Ended(string outcome) => _mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
