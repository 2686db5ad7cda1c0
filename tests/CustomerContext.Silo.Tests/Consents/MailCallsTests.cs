using CustomerContext.Grains.Joins;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Messages;
using CustomerContext.Testing;
using MimeKit;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>What becomes of a mail, whatever the mail server does: taken, refused for good, or not sent, and nothing else.</summary>
public sealed class MailCallsTests
{
    private static readonly Mail _mail = new("1", "ana@example.org", "Subject", "Text", null);

    private readonly MailCalls _calls = new(TimeProvider.System);

    [Theory]
    [InlineData("MAIL", "530 sign in first")]
    [InlineData("RCPT", "450 not today")]
    [InlineData("HI", "421 no")]
    [InlineData("HI", "what")]
    [InlineData(".", "451 later")]
    public async Task Send_ServerDoesNotDoItsWork_NotSent(string command, string answer)
    {
        await using var server = new FakeMailServer(said => said == command ? answer : null);
        await Assert.ThrowsAsync<MessageNotSentException>(() => _calls.Send(Server(server.Port), _mail, CancellationToken.None));
    }

    [Fact]
    public async Task Send_ServerIsDownOrOffersNoEncryption_NotSent()
    {
        await Assert.ThrowsAsync<MessageNotSentException>(() => _calls.Send(Server(FreePort.Next()), _mail, CancellationToken.None));
        await using var server = new FakeMailServer(_ => null);
        await Assert.ThrowsAsync<MessageNotSentException>(() => _calls.Send(Server(server.Port) with { IsLoopback = false }, _mail, CancellationToken.None));
    }

    [Fact]
    public async Task Send_TakenOrRefusedForGood_SaysWhich()
    {
        await using var server = new FakeMailServer(_ => null);
        Assert.True(await _calls.Send(Server(server.Port), _mail, CancellationToken.None));
        Assert.False(await _calls.Send(Server(server.Port), _mail with { To = "no address" }, CancellationToken.None));
        await using var refusing = new FakeMailServer(said => said == "RCPT" ? "550 nobody" : null);
        Assert.False(await _calls.Send(Server(refusing.Port), _mail, CancellationToken.None));
    }

    private static MailServer Server(int port) => new("127.0.0.1", port, true, new MailboxAddress("", "looks@example.org"), null, null);
}
