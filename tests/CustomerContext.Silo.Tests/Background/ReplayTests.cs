using System.Threading.Channels;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Housekeeping;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Testing;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Silo.Tests.Background;

/// <summary>What a company is to be told again is told though its silo is lost, with nobody asking about the customer.</summary>
public sealed class ReplayTests : IDisposable
{
    private static readonly TenantId _acme = new("acme");
    private static readonly CustomerKey _customer = new($"{1:x32}");

    private readonly TempFolder _data = new();
    private readonly JumpingTime _calendar = new();
    private readonly Sender _sender = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task TellNewsAgain_TheSiloIsLostBeforeItIsTold_HousekeepingTells()
    {
        await using (var lost = await Start())
        {
            var customer = lost.Customer(_customer);
            await customer.SetPreferences(new SetPreferences("p", Preferences.Off with { OfAge = true, Collect = SourceScope.Of([_acme], []) }));
            var terms = new GrantTerms([new Purpose("service.support")], FacetSet.Of(Facet.Attention), SourceScope.None, null, null, GrantWhen.AnyTime, IncludeEarlier: true);
            await customer.CreateGrant(new CreateGrant("g", _acme, terms));
            await _sender.Tried.Reader.ReadAsync();
            await Housekeep(lost, Limits.Attention.ToldLater);

            _sender.Refuses = true;
            var again = 0;
            while (again == 0)
            {
                // Until that it was told is kept.
                again = await customer.TellNewsAgain(_acme, _calendar.GetUtcNow().AddHours(-1));
            }

            Assert.Equal(1, again);
            await _sender.Tried.Reader.ReadAsync();
        }

        _sender.Refuses = false;
        while (_sender.Tried.Reader.TryRead(out _))
        {
        }

        await using var silo = await Start();
        await Housekeep(silo, Limits.News.FirstRetry);

        using var longest = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Equal(NewsKind.Given, (await _sender.Tried.Reader.ReadAsync(longest.Token)).Kind);
    }

    private Task<GroupSilo> Start() => GroupSilo.Start(_data.Path, _calendar, services => services.AddSingleton<INewsSender>(_sender));

    private async Task Housekeep(GroupSilo silo, TimeSpan later)
    {
        _calendar.Jump(later);
        await silo.Grains.GetGrain<IHousekeepingGrain>(IHousekeepingGrain.Key).ReceiveReminder("every minute", default);
    }

    /// <summary>A company's receiver.</summary>
    private sealed class Sender : INewsSender
    {
        public volatile bool Refuses;

        public Channel<GrantNews> Tried { get; } = Channel.CreateUnbounded<GrantNews>();

        public IEnumerable<TenantId> Companies => [_acme];

        public string? ReceiverOf(GrantNews news) => "receiver";

        public Task Send(CustomerKey customer, GrantNews news, CancellationToken cancellation)
        {
            Tried.Writer.TryWrite(news);
            return Refuses ? throw new NewsNotSentException("Not yet.") : Task.CompletedTask;
        }

        public void GiveUp(GrantNews news)
        {
        }
    }
}
