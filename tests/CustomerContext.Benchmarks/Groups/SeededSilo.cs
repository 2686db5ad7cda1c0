using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Town;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Identities;
using CustomerContext.Grains.Ties;
using CustomerContext.Grains.Tribes;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using CustomerContext.Testing;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Orleans;
using Orleans.Storage;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>A silo in this process, on the embedded store, into which states can be laid before their grains are there; and connections to it.</summary>
internal sealed class SeededSilo : IAsyncDisposable
{
    private readonly WebApplication _app;

    private SeededSilo(WebApplication app, string folder)
    {
        _app = app;
        Connections = new Connections(app.Urls.First());
        Tenant = Town.Customers.HeadersOf(new Tokens(folder).OfTenant());
    }

    /// <summary>Connections to its gRPC door.</summary>
    public Connections Connections { get; }

    /// <summary>The headers of the tenant's calls.</summary>
    public Metadata Tenant { get; }

    /// <summary>Its grains.</summary>
    public IGrainFactory Grains => _app.Services.GetRequiredService<IGrainFactory>();

    /// <summary>From which pseudonyms and release times come.</summary>
    public GroupSecret Secret => _app.Services.GetRequiredService<GroupSecret>();

    private IGrainStorage Store => _app.Services.GetRequiredKeyedService<IGrainStorage>(StoreNames.Store);

    /// <summary>Starts it on <paramref name="folder"/>; ready when this returns.</summary>
    /// <param name="folder">Its data folder, empty or left by another.</param>
    /// <param name="writes">Counts what grains write.</param>
    public static async Task<SeededSilo> Start(string folder, StoreWrites? writes = null)
    {
        var app = SiloHost.Build(
            [
                "--data", folder, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0",
                "--silo-port", FreePort.NextText(), "--development", "--Logging:LogLevel:Default=Error",
            ],
            services => writes?.Count(services));
        await app.Services.StartStorageAsync();
        await app.StartAsync();
        return new SeededSilo(app, folder);
    }

    /// <summary>A group as the tenant's purpose sees it.</summary>
    public static GroupId Group(string tribe) => GroupId.Tribe(tribe, new Audience(Town.Customers.Purpose));

    /// <summary>The grain of a customer.</summary>
    public ICustomerGrain Customer(CustomerKey customer) => Grains.GetGrain<ICustomerGrain>(customer.Value);

    /// <summary>The grain of a tribe.</summary>
    public ITribeGrain Tribe(string tribe) => Grains.GetGrain<ITribeGrain>(TribeKeys.Tribe(Group(tribe)));

    /// <summary>The grain of a tribe's shard.</summary>
    public ITribeShardGrain Shard(string tribe, int number) => Grains.GetGrain<ITribeShardGrain>(TribeKeys.Shard(Group(tribe), number));

    /// <summary>The grain of a shard of somebody's followers.</summary>
    public IFollowerShardGrain Followers(CustomerKey followed, int number) => Grains.GetGrain<IFollowerShardGrain>(FollowerShards.KeyOf(followed, number));

    /// <summary>Makes a customer known by an e-mail address, as if they had proved it.</summary>
    public Task Link(CustomerKey customer, string email) => Grains
        .GetGrain<IIdentityGrain>(_app.Services.GetRequiredService<IdentifierHash>().OfEmail(email).Current)
        .Link(customer, verified: true);

    /// <summary>Lays a state down for a grain that is not there yet.</summary>
    public Task Lay<T>(string slot, IGrainWithStringKey grain, T value) => Store.WriteStateAsync(slot, grain.GetGrainId(), new GrainState<T>(value));

    /// <summary>What is stored for a grain; absent if nothing is.</summary>
    public async Task<T?> Stored<T>(string slot, IGrainWithStringKey grain)
        where T : class
    {
        var state = new GrainState<T>();
        await Store.ReadStateAsync(slot, grain.GetGrainId(), state);
        return state.RecordExists ? state.State : null;
    }

    public async ValueTask DisposeAsync()
    {
        Connections.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
