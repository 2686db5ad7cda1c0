using System.Text.Json.Nodes;
using CustomerContext.Domain;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Orleans.Runtime;
using IdentifierFormat = CustomerContext.Domain.Identities.IdentifierFormat;

namespace CustomerContext.Silo.Tests.Consents;

/// <summary>Customers hear by mail that somebody looked, as often as they want and never more, and never what was seen.</summary>
public sealed class LookMailTests : IAsyncLifetime, IDisposable
{
    private const string Email = "mail@example.org";

    private readonly TempFolder _data = new();
    private readonly JumpingTime _calendar = new();
    private GroupSilo _silo = null!;
    private GrpcChannel _channel = null!;

    private ConsentService.ConsentServiceClient Consents => new(_channel);

    public Task InitializeAsync() => Start();

    public Task DisposeAsync() => Stop();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Daily_LooksBeforeAndAfterTheWish_OneMailOfThoseAfter()
    {
        await MakeCustomer();
        Assert.Equal(new LookMail(), (await Consents.GetLookMailAsync(new GetLookMailRequest(), AsCustomer())).LookMail);
        await Look("before");
        var set = (await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily, Language = "de" }, AsCustomer())).LookMail;
        Assert.Equal(new LookMail { Kind = LookMailKind.Daily, Address = Email, Language = "de" }, set);
        _calendar.Jump(TimeSpan.FromMinutes(1));

        // The same look again is answered without the customer's grain: it is told like any other.
        for (var look = 0; look < 4; look++)
        {
            await Look(look < 3 ? "call-1" : $"call-{look}");
        }

        await Housekeep(TimeSpan.FromDays(1) + Limits.LookMails.Spread);
        var mail = await NextMail();
        Assert.Equal(4, Lines(mail).Length);
        Assert.Contains("Acme", Lines(mail)[0], StringComparison.OrdinalIgnoreCase);
        Assert.Contains("http://127.0.0.1:5100/me", $"{mail["text"]}", StringComparison.Ordinal);
        Assert.DoesNotContain("router", $"{mail}", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>A change of the customer's between midnight and their time does not put the mail off.</summary>
    [Fact]
    public async Task Daily_ChangedInTheNightAfterARestart_StillMailedThatNight()
    {
        await MakeCustomer();
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily }, AsCustomer());
        _calendar.Jump(TimeSpan.FromMinutes(1));
        await Look("call-1");
        await Stop();
        _calendar.JumpTo(new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero));
        await Start();
        await Consents.SetPreferencesAsync(new SetPreferencesRequest { RequestId = "night", Preferences = new Preferences { Ask = true }, UpdateMask = new FieldMask { Paths = { "ask" } } }, AsCustomer());
        await Housekeep(Limits.LookMails.Spread);
        Assert.Single(Lines(await NextMail()));
    }

    /// <summary>A mail server that takes the call and says nothing holds up no housekeeping, no change and no erasure.</summary>
    [Fact]
    public async Task Daily_MailServerDoesNotAnswer_HousekeepingChangesAndErasureGoOn()
    {
        await using var server = new FakeMailServer(_ => "");
        await Stop();
        await Start($"--CustomerContext:Mail:Smtp=127.0.0.1:{server.Port}", "--CustomerContext:Mail:From=looks@context.example");
        await MakeCustomer();
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily }, AsCustomer());
        _calendar.Jump(TimeSpan.FromMinutes(1));
        await Look("call-1");
        var housekeeping = Housekeep(TimeSpan.FromDays(1) + Limits.LookMails.Spread);
        await server.Called();
        await housekeeping;

        // A mail is under way: each of these ends it, and none is sent after.
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily, Language = "fr" }, AsCustomer());
        Assert.Equal(new LookMail(), (await Consents.SetLookMailAsync(new SetLookMailRequest(), AsCustomer())).LookMail);
        await Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, AsCustomer());
        Assert.Empty(await Mails());
    }

    /// <summary>Mail goes by the operator's mail server, and says how to end it.</summary>
    [Fact]
    public async Task Daily_OfTheOperatorsMailServer_FromItAndWithTheWayToEndIt()
    {
        await using var server = new FakeMailServer(_ => null);
        await Stop();
        await Start($"--CustomerContext:Mail:Smtp=127.0.0.1:{server.Port}", "--CustomerContext:Mail:From=Context <looks@context.example>");
        await MakeCustomer();
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily }, AsCustomer());
        _calendar.Jump(TimeSpan.FromMinutes(1));
        await Look("call-1");
        await Housekeep(TimeSpan.FromDays(1) + Limits.LookMails.Spread);
        await NextMail();

        Assert.Contains("From: Context <looks@context.example>", server.Lines);
        Assert.Contains($"To: {Email}", server.Lines);
        Assert.Contains("List-Unsubscribe: <http://127.0.0.1:5100/me/choices>", server.Lines);
        Assert.Contains(server.Lines, line => line.Contains(" UTC, ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Daily_EMailAddressUnlinked_NoMailAndNoAddressIsKept()
    {
        await MakeCustomer();
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily }, AsCustomer());
        var customer = _silo.Customer(await _silo.KeyOf(Email));
        var address = (await customer.GetConsent()).Identifiers.First(known => known.Format == IdentifierFormat.Email);
        Assert.NotNull(await customer.GetLookMail());
        Assert.Null(await customer.UnlinkIdentifier(new UnlinkIdentifier("u", address.Key)));
        Assert.Null(await customer.GetLookMail());
    }

    /// <summary>The record is what waits to be told: a silo that is lost in between loses nothing, and tells nothing twice.</summary>
    [Fact]
    public async Task Daily_OverARestart_OneMailTheDayAfterThatNamesSoManyAndCountsTheRest()
    {
        await MakeCustomer();
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily }, AsCustomer());
        _calendar.Jump(TimeSpan.FromMinutes(1));
        for (var look = 0; look < Limits.LookMails.Lines + 3; look++)
        {
            await Look($"call-{look}");
        }

        await Housekeep(TimeSpan.FromHours(1));
        Assert.Empty(await Mails());
        await Stop();
        await Start();

        await Housekeep(TimeSpan.FromDays(1) + Limits.LookMails.Spread);
        var mail = await NextMail();
        Assert.Equal(Limits.LookMails.Lines, Lines(mail).Length);
        Assert.Contains("and 3 more", $"{mail["text"]}", StringComparison.Ordinal);

        await Stop();
        await Start();
        await Housekeep(TimeSpan.FromDays(1));
        Assert.Empty(await Mails());
    }

    [Fact]
    public async Task Never_OrErased_NoMailAndNoAddressIsKept()
    {
        await MakeCustomer();
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily }, AsCustomer());
        _calendar.Jump(TimeSpan.FromMinutes(1));
        await Look("call-1");
        Assert.Equal(new LookMail(), (await Consents.SetLookMailAsync(new SetLookMailRequest(), AsCustomer())).LookMail);
        Assert.Null(await _silo.Customer(await _silo.KeyOf(Email)).GetLookMail());
        await Housekeep(TimeSpan.FromDays(2));
        Assert.Empty(await Mails());

        var key = await _silo.KeyOf(Email);
        await Consents.SetLookMailAsync(new SetLookMailRequest { Kind = LookMailKind.Daily }, AsCustomer());
        _calendar.Jump(TimeSpan.FromMinutes(1));
        await Look("call-2");
        await Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, AsCustomer());
        await Housekeep(TimeSpan.FromDays(2));
        Assert.Empty(await Mails());
        Assert.Null(await _silo.Customer(key).GetLookMail());
    }

    [Fact]
    public async Task SetLookMail_NoVerifiedAddressOrNotOfAgeOrUnknownKind_Refused()
    {
        var request = new SetLookMailRequest { Kind = LookMailKind.Daily };
        Assert.Equal(StatusCode.FailedPrecondition, await Refused(request, DevTokens.Customer(Email)));
        await MakeCustomer();
        Assert.Equal(StatusCode.InvalidArgument, await Refused(new SetLookMailRequest { Kind = (LookMailKind)3 }, DevTokens.Customer(Email)));
        Assert.Equal(StatusCode.InvalidArgument, await Refused(new SetLookMailRequest { Kind = LookMailKind.Daily, Language = new string('x', 36) }, DevTokens.Customer(Email)));
        Assert.Equal(StatusCode.PermissionDenied, await Refused(request, new Dictionary<string, object>(DevTokens.Customer(Email)) { ["email_verified"] = false }));
    }

    private async Task<StatusCode> Refused(SetLookMailRequest request, IReadOnlyDictionary<string, object> claims) =>
        (await Assert.ThrowsAsync<RpcException>(() => Consents.SetLookMailAsync(request, With(claims)).ResponseAsync)).StatusCode;

    private async Task Start(params string[] more)
    {
        _silo = await GroupSilo.Start(_data.Path, _calendar, _ => { }, more);
        _channel = GrpcChannel.ForAddress(_silo.Grpc);
    }

    private async Task Stop()
    {
        _channel.Dispose();
        await _silo.DisposeAsync();
    }

    private async Task MakeCustomer()
    {
        var preferences = new Preferences { OfAge = true, Collect = { "acme" } };
        await Consents.SetPreferencesAsync(new SetPreferencesRequest { RequestId = "p", Preferences = preferences, UpdateMask = new FieldMask { Paths = { "of_age", "collect" } } }, AsCustomer());
        await Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = "g", Tenant = "acme", Terms = SiloOnFakeTime.Terms() }, AsCustomer());
        var turn = Attention.Waiting.Turn("router", _calendar.GetUtcNow(), ParticipantRole.Customer, ConversationState.Opened);
        turn.Subject = new SubjectIdentifier { Email = Email };
        await new SignalService.SignalServiceClient(_channel).PublishSignalsAsync(new PublishSignalsRequest { Signals = { turn } }, With(DevTokens.Actor("acme", "chat", isPerson: false)));
    }

    private async Task Look(string interaction) => await new ContextService.ContextServiceClient(_channel).GetContextAsync(
        new GetContextRequest { Subject = new SubjectIdentifier { Email = Email }, Purpose = SiloOnFakeTime.Purpose, InteractionId = interaction }, With(DevTokens.Actor("acme")));

    private async Task Housekeep(TimeSpan later)
    {
        _calendar.Jump(later);
        await _silo.Grains.GetGrain<IHousekeepingGrain>(IHousekeepingGrain.Key).ReceiveReminder("every minute", default(TickStatus));
    }

    /// <summary>The one mail to the customer, once it is there.</summary>
    private async Task<JsonNode> NextMail()
    {
        using var tooLong = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        JsonNode[] mails;
        while ((mails = await Mails()).Length == 0)
        {
            tooLong.Token.ThrowIfCancellationRequested();
        }

        return Assert.Single(mails);
    }

    /// <summary>What was sent to the customer, newest first.</summary>
    private async Task<JsonNode[]> Mails()
    {
        using var http = new HttpClient();
        return [.. JsonNode.Parse(await http.GetStringAsync(new Uri(_silo.Http, "/outbox")))!.AsArray().OfType<JsonNode>().Where(mail => (string?)mail["to"] == Email)];
    }

    private static string[] Lines(JsonNode mail) => [.. $"{mail["text"]}".Split('\n').Where(line => line.Contains(" UTC, ", StringComparison.Ordinal))];

    private CallOptions AsCustomer() => With(DevTokens.Customer(Email));

    private CallOptions With(IReadOnlyDictionary<string, object> claims) =>
        new(new Metadata { { "authorization", $"Bearer {DevTokens.In(_data.Path).Sign(claims)}" } }, TimeProvider.System.GetUtcNow().AddMinutes(1).UtcDateTime);
}
