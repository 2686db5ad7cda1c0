using System.Collections.Concurrent;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Xunit.Abstractions;
using static CustomerContext.Faults.Tests.Joins.JoinCalls;

namespace CustomerContext.Faults.Tests.Joins;

/// <summary><c>kill -9</c> while people say yes to codes and links: each yes is whole or is not there, and a repeat with the same request id makes it whole, once. CC_JOIN_KILLS times.</summary>
public sealed class JoinKillTests(ITestOutputHelper output) : IDisposable
{
    private const int PeoplePerRound = 8;

    private static readonly int _kills = Trials.Count("CC_JOIN_KILLS", 1);

    private readonly TempFolder _data = new();
    private readonly TempFolder _settings = new();

    [Fact]
    public async Task Kill_WhilePeopleSayYes_AllOrNothingAndTheRepeatMakesItWhole()
    {
        await using var messages = await MessageProgram.Start();
        var random = new Random(Trials.Seed);
        var (answered, whole, none) = (0, 0, 0);
        var silo = await Start(messages);
        try
        {
            for (var kill = 0; kill < _kills; kill++)
            {
                using var client = new SiloClient(silo);
                var people = await Task.WhenAll(Enumerable.Range(0, PeoplePerRound).Select(i => Prepare(client, messages, $"round{kill}-{i}@example.org", i % 2 == 0)));
                var accepted = await KillAmid(silo, client, people, random.Next(0, PeoplePerRound));
                await silo.DisposeAsync();
                silo = await Start(messages);
                using var later = new SiloClient(silo);
                foreach (var person in people)
                {
                    var isThere = await IsThere(later, person);
                    Assert.True(isThere || !accepted.Contains(person.Email), $"{person.Email} was told yes and has nothing");
                    (answered, whole, none) = (answered + (accepted.Contains(person.Email) ? 1 : 0), whole + (isThere ? 1 : 0), none + (isThere ? 0 : 1));
                    await Finish(later, person);
                }
            }
        }
        finally
        {
            await silo.DisposeAsync();
        }

        output.WriteLine($"{_kills} kills: {answered} answered, {whole} whole when looked at, {none} not there and then made by the repeat");
    }

    public void Dispose()
    {
        _data.Dispose();
        _settings.Dispose();
    }

    private Task<SiloProcess> Start(MessageProgram messages) => JoinSilo.Start(_data.Path, _settings.File("tenants.json"), messages.Settings);

    private static async Task<Person> Prepare(SiloClient client, MessageProgram messages, string email, bool byLink)
    {
        var asked = await client.AskFor(email, $"call-{email}");
        var message = await messages.Next(email);
        var yes = Yes(asked.JoinCode, asked.SpokenDigits, byLink ? message.Proof : "");
        (yes.CallMe, yes.WantedOutcome) = ("Ada", "refund");
        yes.Topics.Add("router");
        return new Person(email, asked.ConsentRequestId, yes);
    }

    /// <summary>All say yes at once, and the process ends once so many were answered; who was.</summary>
    private static async Task<IReadOnlyCollection<string>> KillAmid(SiloProcess silo, SiloClient client, Person[] people, int answersLeft)
    {
        var answered = new ConcurrentBag<string>();
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var calls = people.Select(async person =>
        {
            try
            {
                await client.Accept(person.Yes);
                answered.Add(person.Email);
            }
            catch (RpcException)
            {
                // Cut off as planned.
                return;
            }

            if (Interlocked.Decrement(ref answersLeft) <= 0)
            {
                enough.TrySetResult();
            }
        }).ToArray();
        await Task.WhenAny(answersLeft == 0 ? Task.CompletedTask : enough.Task, Task.WhenAll(calls));
        await silo.Kill();
        await Task.WhenAll(calls);
        return answered;
    }

    /// <summary>True if the agent sees the customer in the call; then the yes is whole, answers and all. What the agent is told of is seen too.</summary>
    private static async Task<bool> IsThere(SiloClient client, Person person)
    {
        var status = await Patience.Try(() => client.StatusOf(person.Request));
        if (status.State != ConsentRequestState.Granted)
        {
            return false;
        }

        await IsWhole(client, person, status.CustomerId);
        return true;
    }

    private static async Task IsWhole(SiloClient client, Person person, string customerId)
    {
        var look = await Patience.Try(() => client.Contexts.GetContextAsync(
            new GetContextRequest { Subject = new SubjectIdentifier { CustomerId = customerId }, Purpose = Requests.Purpose, InteractionId = $"call-{person.Email}" },
            client.AsAgent()).ResponseAsync);
        Assert.Equal("Ada", look.Brief.CallMe);
        Assert.Contains(look.Context.TopOfMind.Topics, topic => topic.Name == "router");
        Assert.Contains(look.Brief.Points, point => point.Facet == Facet.Situation);
    }

    /// <summary>The repeat makes it whole, once: one grant, one record of it, one set of answers.</summary>
    private static async Task Finish(SiloClient client, Person person)
    {
        var accepted = await Patience.Try(() => client.Accept(person.Yes));
        Assert.Equal(AcceptJoinOutcome.Accepted, accepted.Outcome);
        var status = await Patience.Try(() => client.StatusOf(person.Request));
        Assert.Equal((ConsentRequestState.Granted, accepted.Grant.GrantId), (status.State, status.Grant.GrantId));
        await IsWhole(client, person, status.CustomerId);

        var own = SiloClient.With(accepted.AccessToken);
        Assert.Equal(accepted.Grant.GrantId, Assert.Single((await client.Consents.ListGrantsAsync(new ListGrantsRequest { PageSize = 10 }, own)).Grants).GrantId);
        var log = await client.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 100 }, own);
        Assert.Single(log.Disclosures, record => record.ConsentChange?.Kind is ConsentChangeKind.Enrolled or ConsentChangeKind.GrantCreated);
        Assert.Empty(ChainCheck.Faults([.. log.Disclosures.Reverse()], log.ChainHead));
    }

    private sealed record Person(string Email, string Request, AcceptJoinRequest Yes);
}
