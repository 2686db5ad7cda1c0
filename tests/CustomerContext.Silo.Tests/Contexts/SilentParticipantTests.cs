using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Groups;
using CustomerContext.Silo.Tests.Watches;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Contexts;

/// <summary>Somebody in a conversation who cannot be asked in time takes only their name from the answer.</summary>
public sealed class SilentParticipantTests : IDisposable
{
    private static readonly CustomerKey _ann = new($"{1:x32}");
    private static readonly CustomerKey _bob = new($"{2:x32}");

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Look_SomebodyNamedIsSilent_AnsweredWithoutTheNameWhenTheTimeIsUp()
    {
        var before = await GroupSilo.Start(_data.Path);
        await Watched.Make(before, _ann);
        await Watched.Make(before, _bob);
        var turn = before.Turn(null, 0, ["router"]);
        await before.Publish(_ann, turn with { Signal = (ConversationSignal)turn.Signal with { Counterparties = [new Counterparty(Role.Customer, _bob)] } });
        Assert.Equal([_bob], await NamedIn(before));
        var clock = new FakeTime(before.Time.GetUtcNow());
        await before.DisposeAsync();
        var (held, never) = (new HeldSlot(StoreNames.Context), new TaskCompletionSource());
        held.Instead = grain => grain.Key.ToString() == _bob.Value ? never.Task : Task.CompletedTask;
        await using var silo = await GroupSilo.Start(_data.Path, clock, held);

        var asked = silo.Time.GetUtcNow();
        var named = NamedIn(silo);
        await silo.Time.TimerDueAt(asked + Limits.Groups.AskPeople);
        silo.Time.Advance(Limits.Groups.AskPeople - TimeSpan.FromMilliseconds(1));
        Assert.False(named.IsCompleted);
        silo.Time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Empty(await named);
        never.SetResult();
        Assert.Equal([_bob], await NamedIn(silo));
    }

    private static async Task<CustomerKey[]> NamedIn(GroupSilo silo)
    {
        var look = await silo.Customer(_ann).Look(new LookRequest(Watched.Read with { Facets = FacetSet.Of(Facet.Conversations) }, "actor"));
        return [.. Assert.Single(look.Value!.Parts).Named.GetValueOrDefault([]).Select(one => one.Customer)];
    }
}
