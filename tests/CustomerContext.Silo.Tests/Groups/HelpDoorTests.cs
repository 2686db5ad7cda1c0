using CustomerContext.Domain.Groups;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using TenantId = CustomerContext.Domain.Common.TenantId;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>Reading, and the yes that lets it count, as callers meet them.</summary>
public sealed class HelpDoorTests : IAsyncLifetime, IDisposable
{
    private const string Email = "reader@example.org";

    private readonly TempFolder _data = new();
    private GroupSilo _silo = null!;
    private GrpcChannel _channel = null!;

    private static DateTimeOffset Now => TimeProvider.System.GetUtcNow();

    public async Task InitializeAsync()
    {
        _silo = await GroupSilo.StartInRealTime(_data.Path);
        _channel = GrpcChannel.ForAddress(_silo.Grpc);
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _silo.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Publish_OfPages_CountsOnlyWithTheYesAndOnlyHostAndPathOfTheCompanysOwnHosts()
    {
        await Say(contributes: false);
        await Read("acme", "web", "https://help.example.org/reset?customer=7#top");
        await Read("acme", "survey", "https://help.example.org/of-a-source-that-is-not-believed");
        await Read("globex", "helpdesk", "https://help.example.org/forged");
        await Read("acme", "web", "https://elsewhere.example.org/other");
        await _silo.Settled(await _silo.KeyOf(Email));
        Assert.Equal(0, (await Readers()).All.Members);

        await Say(contributes: true);
        await _silo.Settled(await _silo.KeyOf(Email));
        Assert.Equal("router\nhttps://help.example.org/reset", Assert.Single((await Readers()).Topics).Topic);

        await Say(contributes: false);
        Assert.Equal(0, (await Readers()).All.Members);
    }

    private Task<GroupSums> Readers() => _silo.StoredSums(GroupId.Readers(new TenantId("acme")), Now);

    private async Task Say(bool contributes) => await new ConsentService.ConsentServiceClient(_channel).SetPreferencesAsync(
        new SetPreferencesRequest
        {
            RequestId = Guid.CreateVersion7().ToString(),
            Preferences = new Preferences { OfAge = true, Collect = { "acme", "globex" }, ContributeReading = contributes },
            UpdateMask = new FieldMask { Paths = { "of_age", "collect", "contribute_reading" } },
        },
        With(DevTokens.Customer(Email)));

    private async Task Read(string tenant, string source, string resource)
    {
        var signal = new Signal
        {
            Id = Guid.CreateVersion7().ToString(),
            Source = source,
            Subject = new SubjectIdentifier { Email = Email },
            OccurredTime = Now.ToTimestamp(),
            Behaviour = new BehaviourSignal { Resource = resource, Action = BehaviourAction.Dwell, Topics = { "router" } },
        };
        var answer = await new SignalService.SignalServiceClient(_channel).PublishSignalsAsync(
            new PublishSignalsRequest { Signals = { signal } }, With(DevTokens.Actor(tenant, "program", isPerson: false)));
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(answer.Results).Outcome);
    }

    private Metadata With(Dictionary<string, object> claims) => new() { { "authorization", $"Bearer {DevTokens.In(_data.Path).Sign(claims)}" } };
}
