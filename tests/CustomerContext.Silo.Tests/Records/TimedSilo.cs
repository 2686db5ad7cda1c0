using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using CustomerContext.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans;

namespace CustomerContext.Silo.Tests.Records;

/// <summary>A whole silo on SQLite in this process, with a calendar that stands still. Its grains are called without the doors.</summary>
internal sealed class TimedSilo : IAsyncDisposable
{
    private static readonly TenantId _acme = new("acme");
    private static readonly SourceId _crm = SourceId.Of(_acme, "crm");

    private readonly TempFolder _data = new();
    private WebApplication _app = null!;

    public JumpingTime Time { get; } = new();

    public IServiceProvider Services => _app.Services;

    public static async Task<TimedSilo> Start()
    {
        var silo = new TimedSilo();
        await silo.Open();
        return silo;
    }

    /// <summary>Stops, and starts anew on the same data.</summary>
    public async Task Restart()
    {
        await Close();
        await Open();
    }

    public ICustomerGrain Customer(string key) => Services.GetRequiredService<IGrainFactory>().GetGrain<ICustomerGrain>(key);

    /// <summary>What the reminder does every minute.</summary>
    public Task Housekeep() => Services.GetRequiredService<IGrainFactory>()
        .GetGrain<IHousekeepingGrain>(IHousekeepingGrain.Key)
        .ReceiveReminder("every minute", default);

    /// <summary>A customer who collects from acme and grants it everything at any time.</summary>
    public async Task<GrantId> MakeCustomer(ICustomerGrain customer)
    {
        var preferences = Preferences.Off with { OfAge = true, Collect = SourceScope.OwnOf(_acme) };
        await customer.SetPreferences(new SetPreferences($"p{Time.GetUtcNow().Ticks}", preferences));
        return await Grant(customer);
    }

    public async Task<GrantId> Grant(ICustomerGrain customer)
    {
        var terms = new GrantTerms([new Purpose("service.support")], FacetSet.All, SourceScope.None, null, null, GrantWhen.AnyTime, Owners: SourceOwners.Own);
        return (await customer.CreateGrant(new CreateGrant($"g{Time.GetUtcNow().Ticks}", _acme, terms))).Value!.Grant!.Id;
    }

    public async Task Publish(ICustomerGrain customer, string id)
    {
        var turn = new ConversationSignal
        {
            Id = id,
            Source = _crm,
            OccurredAt = Time.GetUtcNow(),
            ConversationId = "talk",
            Channel = "chat",
            Role = Role.Customer,
            State = ConversationState.Opened,
            Topics = ["delivery"],
        };
        Assert.Null(Assert.Single(await customer.Publish([new ScoredSignal(turn, null)])));
    }

    public static LookRequest Look(string tenant = "acme") => new(
        new ReadRequest(new TenantId(tenant), ActorRole.Person, new Purpose("service.support"), FacetSet.All, "call-1"), "actor");

    public async ValueTask DisposeAsync()
    {
        await Close();
        _data.Dispose();
    }

    private async Task Open()
    {
        _app = SiloHost.Build(
            ["--data", _data.Path, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText(), "--development"],
            services => services.AddSingleton<TimeProvider>(Time));
        await _app.Services.StartStorageAsync();
        await _app.StartAsync();
    }

    private async Task Close()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
