using System.Buffers;
using System.Net;
using System.Threading.Channels;
using CustomerContext.Testing;
using MimeKit;
using SmtpServer;
using SmtpServer.Protocol;
using SmtpServer.Storage;

namespace CustomerContext.Browser.Tests.Harness;

/// <summary>A mail server that nobody here wrote (SmtpServer), on a free port of this machine: takes every mail and hands it to the test.</summary>
internal sealed class Mailbox : MessageStore, IAsyncDisposable
{
    private readonly Channel<MimeMessage> _mail = Channel.CreateUnbounded<MimeMessage>();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _serving;

    public Mailbox()
    {
        var port = FreePort.Next();
        Address = $"127.0.0.1:{port}";
        var options = new SmtpServerOptionsBuilder().ServerName("mail.example.org").Endpoint(point => point.Endpoint(new IPEndPoint(IPAddress.Loopback, port)).Build()).Build();
        var services = new SmtpServer.ComponentModel.ServiceProvider();
        services.Add(this);
        _serving = new SmtpServer.SmtpServer(options, services).StartAsync(_end.Token);
    }

    /// <summary>HOST:PORT.</summary>
    public string Address { get; }

    /// <summary>The next mail to <paramref name="address"/>, once it is there.</summary>
    public async Task<MimeMessage> NextTo(string address)
    {
        using var tooLong = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        return await _mail.Reader.ReadAllAsync(tooLong.Token).FirstAsync(mail => mail.To.Mailboxes.Any(to => to.Address == address));
    }

    /// <inheritdoc/>
    public override async Task<SmtpResponse> SaveAsync(ISessionContext context, IMessageTransaction transaction, ReadOnlySequence<byte> buffer, CancellationToken cancellationToken)
    {
        using var bytes = new MemoryStream(buffer.ToArray());
        await _mail.Writer.WriteAsync(await MimeMessage.LoadAsync(bytes, cancellationToken), cancellationToken);
        return SmtpResponse.Ok;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        await _serving;
        _end.Dispose();
    }
}
