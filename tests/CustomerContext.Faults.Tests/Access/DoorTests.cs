using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>A sender tries to find out who collects: whatever it sends, the answers about somebody who does and about nobody are the same.</summary>
public sealed class DoorTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private const int WindowSignals = 512;
    private const int Traits = 16;
    private const string Collects = "collects@example.org";
    private const string Nobody = "nobody.there@example.org";

    [Fact]
    public async Task PublishSignals_AboutACollectorAndAboutNobody_SameAnswers()
    {
        await running.Client.MakeCustomer(Collects);

        Assert.Equal(await Probe(Nobody), await Probe(Collects));
    }

    [Fact]
    public async Task PublishSignals_ByOneWhomTheCustomerLetsLook_ToldWhatWasTooLate()
    {
        const string Email = "grants@example.org";
        await running.Client.MakeCustomer(Email, "acme");

        var answers = await Probe(Email);

        Assert.Contains($"{SignalOutcome.Refused} {ErrorReason.TooLate}", answers);
    }

    [Fact]
    public async Task PublishSignals_WithoutACollect_NothingIsKept()
    {
        const string Email = "collects.nothing@example.org";
        await running.Client.Consents.SetPreferencesAsync(Requests.Preferences(), running.Client.AsCustomer(Email));
        await running.Client.Consents.CreateGrantAsync(Requests.Grant(), running.Client.AsCustomer(Email));
        await Publish([Requests.Turn(Email, "gone", 1)]);
        await running.Client.Consents.SetPreferencesAsync(Requests.Preferences("acme"), running.Client.AsCustomer(Email));

        var seen = await running.Client.Contexts.GetContextAsync(Requests.Lookup(Email), running.Client.AsAgent());

        Assert.Empty(seen.Context.Conversations.Latest);
        Assert.Empty(seen.Context.TopOfMind.Topics);
    }

    /// <summary>Everything that an answer could depend on: repeats, a window overrun and a signal from before it, more traits than are kept.</summary>
    private async Task<List<string>> Probe(string email)
    {
        var turns = Enumerable.Range(1, WindowSignals + 10).Select(turn => Requests.Turn(email, $"probe-{email}", turn)).ToArray();
        var old = Requests.Turn(email, $"old-{email}", 1);
        old.OccurredTime = (TimeProvider.System.GetUtcNow() - TimeSpan.FromDays(100)).ToTimestamp();
        var traits = Enumerable.Range(0, Traits + 4).Select(number => new Signal
        {
            Id = $"trait-{email}-{number}",
            Subject = new SubjectIdentifier { Email = email },
            OccurredTime = (TimeProvider.System.GetUtcNow() - TimeSpan.FromMinutes(1)).ToTimestamp(),
            Trait = new TraitSignal { Name = $"x-number-{number}", Value = "1" },
        }).ToArray();
        return
        [
            .. await Publish(turns[..500]), .. await Publish(turns[500..]), .. await Publish(turns[..3]), .. await Publish([old]), .. await Publish([old]), .. await Publish(traits),
        ];
    }

    private async Task<IEnumerable<string>> Publish(Signal[] signals) =>
        (await running.Client.Signals.PublishSignalsAsync(Requests.Publish(signals), running.Client.AsAgent())).Results.Select(result => $"{result.Outcome} {result.Status?.Reason}");
}
