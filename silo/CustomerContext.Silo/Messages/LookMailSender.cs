using System.Diagnostics.Metrics;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Config;
using MailKit.Net.Smtp;

namespace CustomerContext.Silo.Messages;

/// <summary>Mails customers about looks, by the operator's mail server; in development mode into the outbox.</summary>
internal sealed class LookMailSender(
    SiloConfig config, AddressSeal seal, CurrentAccess access, PublicPages pages, MailCalls calls, DevelopmentOutbox outbox, IMeterFactory meters, IHostApplicationLifetime lifetime,
    TimeProvider time) : ILookMailSender, IDisposable
{
    private readonly SemaphoreSlim _places = new(Limits.LookMails.AtOnce);
    private readonly Counter<long> _mails = meters.Create(Telemetry.Name).CreateCounter<long>(
        "customercontext.look_mails", description: "Mails to customers about looks, by what became of them.");

    /// <summary>Until when the server is left alone.</summary>
    private long _restUntilTicks;

    /// <summary>True if there is a way to send mail.</summary>
    public bool CanSend => config.Mail is not null || outbox.IsOpen;

    public async Task<bool> Send(CustomerKey customer, LookMail mail, LookMailing mailing, CancellationToken stop)
    {
        if (!CanSend)
        {
            Ended("noway");
            return true;
        }

        var (subject, text) = LookMailText.Of(mail.Language, mailing, tenant => access.Now.Tenants.GetValueOrDefault(tenant)?.Face.DisplayName ?? tenant.Value, pages.Home, pages.Choices);
        var message = new Mail(seal.IdOf(customer, mailing.Told.Sequence), seal.Open(customer, mail.Address.AsSpan()), subject, text, pages.Choices);
        try
        {
            Ended(config.Mail is not { } server || await HandOver(server, message, stop) ? "sent" : "refused");
        }
        catch (MessageNotSentException error) when (error.InnerException is SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted })
        {
            Ended("deferred");
            return false;
        }

        if (outbox.IsOpen)
        {
            outbox.Add(new OutboxMessage(message.Id, null, message.To, mail.Language, subject, text, pages.Home, pages.Choices, null));
        }

        return true;
    }

    public void Dispose() => _places.Dispose();

    /// <summary>So many at once, and none while the server rests.</summary>
    private async Task<bool> HandOver(MailServer server, Mail message, CancellationToken stop)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(stop, lifetime.ApplicationStopping);
        await _places.WaitAsync(end.Token);
        try
        {
            if (time.GetUtcNow().UtcTicks < Interlocked.Read(ref _restUntilTicks))
            {
                throw new MessageNotSentException("The mail server is left alone for a while, since it did not do its work.");
            }

            return await calls.Send(server, message, end.Token);
        }
        catch (MessageNotSentException error) when (error.InnerException is not (null or SmtpCommandException { ErrorCode: SmtpErrorCode.RecipientNotAccepted }))
        {
            Interlocked.Exchange(ref _restUntilTicks, (time.GetUtcNow() + Limits.LookMails.Rest).UtcTicks);
            throw;
        }
        finally
        {
            _places.Release();
        }
    }

    private void Ended(string outcome) => _mails.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
}
