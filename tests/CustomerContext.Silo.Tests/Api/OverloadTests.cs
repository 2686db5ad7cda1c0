using System.Net;
using System.Net.Http.Headers;
using System.Text;
using CustomerContext.Client.Internal;
using CustomerContext.Domain;
using CustomerContext.Domain.Access;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Silo.Tests.Api;

/// <summary>What callers see at each door when a silo has too much in hand: who is refused, who never is, and after how long to come again.</summary>
public sealed class OverloadTests : IAsyncLifetime, IDisposable
{
    private const string Email = "overload@example.org";

    private readonly HttpClient _http = new();
    private SiloOnFakeTime _silo = null!;

    public async Task InitializeAsync() => _silo = await SiloOnFakeTime.Start();

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _http.Dispose();

    [Fact]
    public async Task Signals_WhenTheirRoomIsFull_RefusedAtEachDoorWhileLooksGo()
    {
        await _silo.MakeCustomer(Email);
        await _silo.WithNoRoom(LoadKind.Signals, async () =>
        {
            await Refused(Limits.Load.SignalsRest, () => _silo.Signals.PublishSignalsAsync(Signals(), _silo.AsAgent).ResponseAsync);
            await Refused(Limits.Load.SignalsRest, "/v1/signals:publish", "application/json", JsonFormatter.Default.Format(Signals()));
            await Refused(Limits.Load.SignalsRest, "/events", "application/cloudevents+json", "{}");
            Assert.True(await _silo.Sees(Email));
        });

        Assert.Single((await _silo.Signals.PublishSignalsAsync(Signals(), _silo.AsAgent)).Results);
    }

    [Fact]
    public async Task Calls_WhenTheirRoomIsFull_RefusedWhileTakingBackOwnCallsAndOtherCompaniesGo()
    {
        var grant = await _silo.MakeCustomer(Email);
        await _silo.WithNoRoom(LoadKind.Call, async () =>
        {
            var look = new GetContextRequest { Subject = new SubjectIdentifier { Email = Email }, Purpose = SiloOnFakeTime.Purpose, InteractionId = "call-1" };
            await Refused(Limits.Load.OtherRest, () => _silo.Contexts.GetContextAsync(look, _silo.AsAgent).ResponseAsync);
            await Refused(Limits.Load.OtherRest, "/v1/contexts:get", "application/json", JsonFormatter.Default.Format(look));

            // That its field is at fault is told to whoever was let in.
            var other = await Assert.ThrowsAsync<RpcException>(() => _silo.Contexts.GetContextAsync(new GetContextRequest(), _silo.With(DevTokens.Actor("globex"))).ResponseAsync);
            Assert.Equal(StatusCode.InvalidArgument, other.StatusCode);

            Assert.Single((await _silo.Consents.ListGrantsAsync(new ListGrantsRequest(), _silo.As(Email))).Grants);
            await _silo.Consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = "r", GrantId = grant.GrantId }, _silo.As(Email));
            await _silo.Consents.EraseCustomerAsync(new EraseCustomerRequest { RequestId = "e" }, _silo.As(Email));
        });
    }

    [Fact]
    public async Task Streams_WhenTheirRoomIsFull_RefusedWhileTheCustomersOwnOpen()
    {
        await _silo.MakeCustomer(Email);
        await _silo.WithNoRoom(LoadKind.Stream, async () =>
        {
            using var watch = _silo.Watch(Email);
            await Refused(Limits.Load.OtherRest, () => watch.ResponseStream.MoveNext(CancellationToken.None));
            using var stream = _silo.Signals.StreamSignals(_silo.AsAgent);
            await Refused(Limits.Load.OtherRest, () => stream.ResponseStream.MoveNext(CancellationToken.None));
            using var own = _silo.Contexts.WatchContext(new WatchContextRequest(), _silo.As(Email));
            Assert.True(await own.ResponseStream.MoveNext(CancellationToken.None));
        });
    }

    /// <summary>Whoever has no token and lets the silo wait for messages shuts the door on their own address only.</summary>
    [Fact]
    public async Task CallsWithoutToken_ThatNeverEnd_OthersOfTheirAddressRefusedWhileTokensGo()
    {
        await _silo.MakeCustomer(Email);
        using var over = new CancellationTokenSource();
        const string method = "/customercontext.v1.ConsentService/OpenJoin";
        var slow = Enumerable.Range(0, Limits.Load.Anonymous.Own)
            .Select(_ => RawCall.Send(_http, _silo.Grpc, method, new EndlessMessage(1_000, 10, over.Token), null, over.Token)).ToArray();

        // They arrive one after the other, each beside none of another's.
        using var pace = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        RpcException refused;
        do
        {
            await pace.WaitForNextTickAsync();
            refused = await Assert.ThrowsAsync<RpcException>(() => _silo.Consents.OpenJoinAsync(new OpenJoinRequest(), deadline: TimeProvider.System.GetUtcNow().AddSeconds(20).UtcDateTime).ResponseAsync);
        }
        while (refused.StatusCode == StatusCode.InvalidArgument);

        await Refused(Limits.Load.OtherRest, () => Task.FromException(refused));
        Assert.All(slow, call => Assert.False(call.IsCompleted));
        Assert.True(await _silo.Sees(Email));
        var own = await Assert.ThrowsAsync<RpcException>(() => _silo.Consents.OpenJoinAsync(new OpenJoinRequest(), _silo.As(Email)).ResponseAsync);
        Assert.Equal(StatusCode.InvalidArgument, own.StatusCode);
        await over.CancelAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => Task.WhenAll(slow));
    }

    [Fact]
    public async Task StreamedSignals_WhoseSenderIsNotWelcomeAnyMore_EndedThoughThereIsNoRoom()
    {
        var lasting = TimeSpan.FromMinutes(2);
        var token = new Metadata { { "authorization", $"Bearer {_silo.Token(DevTokens.Actor("acme"), lasting)}" } };
        using var stream = _silo.Signals.StreamSignals(token, TimeProvider.System.GetUtcNow().AddMinutes(1).UtcDateTime);
        await _silo.WithNoRoom(LoadKind.Signals, async () =>
        {
            var looksAgain = _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Load.OtherRest);
            await stream.RequestStream.WriteAsync(new StreamSignalsRequest { Signals = { Signals().Signals } });
            await looksAgain;

            _silo.Time.Advance(2 * lasting);

            var ended = await Assert.ThrowsAsync<RpcException>(() => stream.ResponseStream.MoveNext(CancellationToken.None));
            Assert.Equal(StatusCode.Unauthenticated, ended.StatusCode);
        });
    }

    [Fact]
    public async Task StreamedSignals_WhenTheirRoomIsFull_WaitAndAreAnsweredWhenThereIsRoom()
    {
        using var stream = _silo.Signals.StreamSignals(_silo.AsAgent);
        await _silo.WithNoRoom(LoadKind.Signals, async () =>
        {
            var looksAgain = _silo.Time.TimerDueAt(_silo.Time.GetUtcNow() + Limits.Load.OtherRest);
            await stream.RequestStream.WriteAsync(new StreamSignalsRequest { Sequence = 7, Signals = { Signals().Signals } });
            await looksAgain;
        });

        _silo.Time.Advance(Limits.Load.OtherRest);
        Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal(7, stream.ResponseStream.Current.Sequence);
    }

    private static PublishSignalsRequest Signals() => new() { Signals = { new Signal { Id = "s" } } };

    private static async Task Refused(TimeSpan rest, Func<Task> call)
    {
        var error = ErrorDecoder.Decode(await Assert.ThrowsAsync<RpcException>(call));
        Assert.Equal((StatusCode.ResourceExhausted, ErrorReason.Overloaded, rest), (error.Code, error.Reason, error.Detail.RetryDelay));
    }

    /// <summary>In whole seconds, rounded up, as HTTP has it.</summary>
    private async Task Refused(TimeSpan rest, string path, string type, string body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(_silo.Http, path)) { Content = new StringContent(body, Encoding.UTF8) };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", _silo.AgentToken);
        using var answer = await _http.SendAsync(request);

        Assert.Equal(HttpStatusCode.TooManyRequests, answer.StatusCode);
        Assert.Equal(TimeSpan.FromSeconds(Math.Ceiling(rest.TotalSeconds)), answer.Headers.RetryAfter?.Delta);
        Assert.Contains("OVERLOADED", await answer.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }
}
