using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Storage.Redis;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A silo that crashes now and then while its people say something; what was not answered is said again to the one that comes after it.</summary>
/// <param name="key">The key of its groups.</param>
/// <param name="calendar">Its clock.</param>
/// <param name="random">When it crashes.</param>
/// <param name="store">What to add to its command line to choose the store.</param>
internal sealed class LiveTown(byte[] key, JumpingTime calendar, Random random, string[] store) : IAsyncDisposable
{
    private readonly TempFolder _data = new();
    private readonly CutStore _store = new();
    private GroupSilo? _silo;

    /// <summary>The one that runs now.</summary>
    public GroupSilo Silo => _silo!;

    /// <summary>How often it crashed.</summary>
    public int Crashes { get; private set; }

    public async Task Start()
    {
        _silo = await GroupSilo.Start(_data.Path, calendar, Change, store);

        void Change(IServiceCollection services)
        {
            _store.Wrap(services);
            services.Replace(ServiceDescriptor.Singleton(new GroupSecret(key)));
            if (services.SingleOrDefault(service => service.ServiceType == typeof(RedisStoreOptions))?.ImplementationInstance is RedisStoreOptions redis)
            {
                // The town's calendar is not that of Redis.
                services.Replace(ServiceDescriptor.Singleton(redis with { ClocksApart = TimeSpan.MaxValue }));
            }
        }
    }

    /// <summary>Does all of it at once, until everything is answered; then everybody has told everybody what there is to tell.</summary>
    public async Task Do(IReadOnlyList<Func<GroupSilo, Task>> calls, IReadOnlyCollection<CustomerKey> everybody, bool crashes)
    {
        if (crashes)
        {
            _store.CutAfter(random.Next(8 * calls.Count), random.Next(2) == 0);
        }

        var left = calls;
        while (left.Count > 0)
        {
            var answered = await Task.WhenAll(left.Select(IsAnswered));
            left = [.. left.Where((_, at) => !answered[at])];
            if (left.Count > 0)
            {
                await Restart();
            }
        }

        // The cut was behind the last answer, or did not come.
        if (crashes)
        {
            await Restart();
        }

        await Silo.Settled([.. everybody]);

        async Task Restart()
        {
            await Silo.DisposeAsync();
            _store.Mend();
            await Start();
            Crashes++;
            crashes = false;
            await Task.WhenAll(everybody.Select(customer => GroupSilo.Surely(() => Silo.Customer(customer).ListTribes())));
        }
    }

    /// <summary>What the customers' daily reminders do.</summary>
    public async Task Remind(IReadOnlyCollection<CustomerKey> everybody)
    {
        await Task.WhenAll(everybody.Select(customer => GroupSilo.Surely(() => Silo.Remind(customer))));
        await Silo.Settled([.. everybody]);
    }

    public async ValueTask DisposeAsync()
    {
        await (_silo?.DisposeAsync() ?? ValueTask.CompletedTask);
        _data.Dispose();
    }

    private async Task<bool> IsAnswered(Func<GroupSilo, Task> call)
    {
        try
        {
            await GroupSilo.Surely(() => _store.IsCut ? Task.FromException(new OperationCanceledException()) : call(Silo));
            return true;
        }
        catch (Exception) when (_store.IsCut)
        {
            return false;
        }
    }
}
