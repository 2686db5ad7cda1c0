using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Identities;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Silo.Tests.Watches;
using CustomerContext.Testing;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;

namespace CustomerContext.Silo.Tests.Api;

/// <summary>How often a day AI readers read, on a calendar that the test sets: no test begins on one day and ends on another.</summary>
public sealed class AiLimitTests : IAsyncLifetime, IDisposable
{
    private const string Email = "counted@example.org";

    private static readonly TenantId _acme = new("acme");

    private readonly TempFolder _data = new();
    private readonly JumpingTime _calendar = new();
    private readonly HttpClient _http = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.Start(_data.Path, _calendar);
        _http.BaseAddress = _silo.Http;
    }

    public async Task DisposeAsync() => await _silo.DisposeAsync();

    public void Dispose()
    {
        _http.Dispose();
        _data.Dispose();
    }

    /// <summary>At the limit and one past it, until midnight (UTC) and from then on; people go on.</summary>
    [Fact]
    public async Task Reads_AsManyADayAsTheBoxSays_ThenRefusedAsAStrangerIsUntilMidnight()
    {
        var customer = await Customer();
        await Tick(customer, 2);

        Assert.True(await IsRead(Email));
        Assert.True(await IsRead(Email));
        Assert.False(await IsRead(Email));
        Assert.Equal(await Text("nobody@example.org"), await Text(Email));
        Assert.True((await _silo.Customer(customer).Look(new LookRequest(Watched.Read, "actor"))).IsOk);

        var midnight = new DateTimeOffset(_calendar.GetUtcNow().UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        _calendar.JumpTo(midnight.AddTicks(-1));
        Assert.False(await IsRead(Email));
        _calendar.JumpTo(midnight);
        Assert.True(await IsRead(Email));
    }

    /// <summary>However many ask at once: as many reads as the box has left.</summary>
    [Fact]
    public async Task Reads_AtOnceAtTheLimit_NoneTooMany()
    {
        await Tick(await Customer(), 2);

        Assert.Equal(2, (await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => IsRead(Email)))).Count(isRead => isRead));
    }

    /// <summary>A read of two linked logins counts at both, whichever is asked for; the smaller box says when it is over.</summary>
    [Theory]
    [InlineData(2, 3)]
    [InlineData(3, 2)]
    public async Task Reads_OfTwoLinkedLogins_CountAtBoth(int ofOne, int ofOther)
    {
        var (one, other) = await Linked(ofOne, ofOther);

        Assert.True((await Read(one)).IsOk);
        Assert.True((await Read(other)).IsOk);
        Assert.Equal(RefusalReason.ConsentRequired, (await Read(one)).Refusal?.Reason);
        Assert.Equal(RefusalReason.ConsentRequired, (await Read(other)).Refusal?.Reason);
        Assert.All(new[] { await _silo.Customer(one).GetConsent(), await _silo.Customer(other).GetConsent() }, consent => Assert.Equal(2, Assert.Single(consent.Grants).AiReads!.Count));
    }

    /// <summary>Each asks the other first, which counts there; so of many at once there may be fewer than the boxes have left, and never more.</summary>
    [Fact]
    public async Task Reads_OfTwoLinkedLoginsAtOnce_NoneTooMany()
    {
        var (one, other) = await Linked(3, 3);

        var reads = await Task.WhenAll(Enumerable.Range(0, 10).Select(number => Read(number % 2 == 0 ? one : other)));

        var taken = reads.Count(read => read.IsOk);
        Assert.InRange(taken, 0, 3);
        Assert.All(new[] { await _silo.Customer(one).GetConsent(), await _silo.Customer(other).GetConsent() }, consent => Assert.InRange(Assert.Single(consent.Grants).AiReads!.Count, taken, 3));
    }

    /// <summary>Somebody who can be found by their address.</summary>
    private async Task<CustomerKey> Customer()
    {
        using var channel = GrpcChannel.ForAddress(_silo.Grpc);
        var token = new Metadata { { "authorization", $"Bearer {DevTokens.In(_data.Path).Sign(DevTokens.Customer(Email))}" } };
        var request = new V1.SetPreferencesRequest { RequestId = "of-age", Preferences = new V1.Preferences { OfAge = true }, UpdateMask = new FieldMask { Paths = { "of_age" } } };
        await new V1.ConsentService.ConsentServiceClient(channel).SetPreferencesAsync(request, token);
        return await _silo.KeyOf(Email);
    }

    /// <summary>Lets acme's AI readers read so often a day.</summary>
    private async Task Tick(CustomerKey customer, int reads)
    {
        await _silo.SetPreferences(customer, false);
        await _silo.Publish(customer, _silo.Answer(4));
        var terms = Watched.Terms(FacetSet.All) with { AiReaders = new AiReaders(reads, null) };
        Assert.True((await _silo.Customer(customer).CreateGrant(new CreateGrant("g", _acme, terms))).IsOk);
    }

    private async Task<(CustomerKey One, CustomerKey Other)> Linked(int ofOne, int ofOther)
    {
        var (one, other) = (new CustomerKey($"{1:x32}"), new CustomerKey($"{2:x32}"));
        await Tick(one, ofOne);
        await Tick(other, ofOther);
        Assert.Null(await _silo.Customer(one).AcceptMerge(new Merge(other, "key", _calendar.GetUtcNow())));
        Assert.Null(await _silo.Customer(other).AcceptMerge(new Merge(one, "key", _calendar.GetUtcNow())));
        return (one, other);
    }

    private Task<Outcome<LookAnswer>> Read(CustomerKey customer) =>
        _silo.Customer(customer).Look(new LookRequest(Watched.Read with { Role = ActorRole.AiReader, Ai = new AiReader("acme-assistant", null) }, "assistant"));

    private async Task<bool> IsRead(string email) => !(await Result(email)).TryGetProperty("isError", out var error) || !error.GetBoolean();

    private async Task<string> Text(string email) => (await Result(email)).GetProperty("content")[0].GetProperty("text").GetString()!;

    private async Task<JsonElement> Result(string email)
    {
        var body = $$$"""{"jsonrpc":"2.0","id":1,"method":"tools/call","params":{"name":"get_context","arguments":{"subject":{"email":"{{{email}}}"},"purpose":"service.support"} } }""";
        using var request = new HttpRequestMessage(HttpMethod.Post, "/mcp") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("application/json"));
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        var token = DevTokens.In(_data.Path).Sign(new Dictionary<string, object>(DevTokens.Actor("acme", "assistant", isPerson: false)) { ["client_id"] = "acme-assistant" });
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var answer = await _http.SendAsync(request);
        var text = await answer.Content.ReadAsStringAsync();
        Assert.True(answer.IsSuccessStatusCode, text);
        using var message = JsonDocument.Parse(text.Split('\n').First(line => line.StartsWith("data:", StringComparison.Ordinal))["data:".Length..]);
        return message.RootElement.GetProperty("result").Clone();
    }
}
