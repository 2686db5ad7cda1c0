using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>Each field of a signal at its limit and one past it: the item says field and rule, and its neighbours are taken.</summary>
public sealed class SignalLimitTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    public static TheoryData<string> Names => [.. SignalCases.All.Select(one => one.Name)];

    [Theory]
    [MemberData(nameof(Names))]
    public async Task Publish_AtTheLimitAndOnePast_TakenAndRefused(string name)
    {
        var rule = SignalCases.All.Single(one => one.Name == name);
        var atTheLimit = Turn($"{name} at");
        rule.AtTheLimit?.Invoke(atTheLimit);
        var onePast = Turn($"{name} past");
        rule.OnePast(onePast);

        var answer = await running.Client.Signals.PublishSignalsAsync(
            Requests.Publish(atTheLimit, onePast, Turn($"{name} after")), running.Client.AsAgent());

        Assert.Equal(SignalOutcome.Accepted, answer.Results[0].Outcome);
        Assert.Equal(SignalOutcome.Refused, answer.Results[1].Outcome);
        Assert.Equal(SignalOutcome.Accepted, answer.Results[2].Outcome);
        var status = answer.Results[1].Status;
        Assert.Equal(ErrorReason.InvalidArgument, status.Reason);
        Assert.Equal((int)StatusCode.InvalidArgument, status.Code);
        Assert.Equal($"signals[1].{rule.Field}", status.Field);
        Assert.NotEmpty(status.Rule);
        Refusals.TellsNoInternals(status.Rule);
    }

    [Fact]
    public async Task Publish_Reputation_Accepted()
    {
        var signal = Turn("reputation");
        signal.Reputation = new ReputationSignal { Kind = ReputationKind.Kudos };

        var answer = await running.Client.Signals.PublishSignalsAsync(Requests.Publish(signal), running.Client.AsAgent());

        Assert.Equal(SignalOutcome.Accepted, Assert.Single(answer.Results).Outcome);
    }

    [Fact]
    public async Task Publish_AuthorIsNotTheCaller_NotAllowed()
    {
        var signal = Turn("author");
        signal.Correction = new CorrectionSignal { Author = Author.Customer, SentimentScore = 0 };

        var answer = await running.Client.Signals.PublishSignalsAsync(Requests.Publish(signal), running.Client.AsAgent());

        Assert.Equal(ErrorReason.CallerNotAllowed, Assert.Single(answer.Results).Status.Reason);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(501)]
    public Task Publish_SoManySignals_Invalid(int count) => Refusals.Invalid(
        "signals",
        () => running.Client.Signals.PublishSignalsAsync(Many(count), running.Client.AsAgent()).ResponseAsync);

    [Fact]
    public async Task Publish_FiveHundredSignals_EachAnswered()
    {
        // Of a customer of their own, whose idempotency window is empty.
        const string email = "five.hundred@example.org";
        await running.Client.MakeCustomer(email, "acme");
        var many = Requests.Publish(Enumerable.Range(0, 500).Select(i => Requests.Turn(email, "five-hundred", i)));

        var answer = await running.Client.Signals.PublishSignalsAsync(many, running.Client.AsAgent());

        Assert.Equal(500, answer.Results.Count);
        Assert.All(answer.Results, result => Assert.Equal(SignalOutcome.Accepted, result.Outcome));
    }

    [Fact]
    public async Task Publish_UnknownPerson_AnsweredAsAKnownOne()
    {
        var known = Turn("known");
        var unknown = Turn("unknown");
        unknown.Subject.Email = "nobody@example.org";

        var answer = await running.Client.Signals.PublishSignalsAsync(Requests.Publish(known, unknown, known, unknown), running.Client.AsAgent());

        Assert.Equal(
            [SignalOutcome.Accepted, SignalOutcome.Accepted, SignalOutcome.Duplicate, SignalOutcome.Duplicate],
            answer.Results.Select(result => result.Outcome));
        Assert.All(answer.Results, result => Assert.Null(result.Status));
    }

    private static Signal Turn(string id)
    {
        var signal = Requests.Turn(RunningSilo.Email, "limits", 0);
        signal.Id = id;
        return signal;
    }

    private static PublishSignalsRequest Many(int count) => Requests.Publish(Enumerable.Range(0, count).Select(i => Turn($"many {count} {i}")));
}
