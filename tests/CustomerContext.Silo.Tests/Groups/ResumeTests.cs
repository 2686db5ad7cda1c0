using CustomerContext.Domain.Common;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains;
using CustomerContext.Testing;
using Orleans;
using Orleans.Runtime;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>What a silo that is gone had taken over to tell is told by the next one.</summary>
public sealed class ResumeTests
{
    private const string Support = "service.support";

    [Fact]
    public async Task Publish_TheFollowerCouldNotBeReachedBeforeTheSiloWent_ToldOnceTheCustomerIsThereAgain()
    {
        using var data = new TempFolder();
        var (fan, star) = (new CustomerKey($"{1:x32}"), new CustomerKey($"{2:x32}"));
        var clock = new FakeTime();
        await using (var first = await GroupSilo.Start(data.Path, clock, new HeldSlot(StoreNames.Ties)))
        {
            await first.SetPreferences(fan, false, Support);
            await first.SetPreferences(star, false, Support);
            await first.Publish(fan, first.Tie(star, TieKind.Follows));
            await first.Settled(fan, star);
        }

        var held = new HeldSlot(StoreNames.Ties);
        await using (var second = await GroupSilo.Start(data.Path, clock, held))
        {
            await second.Customer(star).ListTribes();
            held.Instead = grain => grain == second.Customer(fan).GetGrainId() ? throw new OrleansException("no answer") : Task.CompletedTask;
            await second.Publish(star, second.Answer(5));
            await second.HandedOver(star);
            held.Instead = null;
            Assert.Null(Assert.Single((await second.StoredNetwork(fan, GroupKind.Followed, Support)).Members).Contribution.Score);
        }

        await using var third = await GroupSilo.Start(data.Path, clock, held);
        await third.Customer(star).ListTribes();
        await third.Settled(fan, star);

        Assert.Equal(50, Assert.Single((await third.StoredNetwork(fan, GroupKind.Followed, Support)).Members).Contribution.Score);
    }
}
