using CustomerContext.Faults.Tests.Consents;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Http;

namespace CustomerContext.Faults.Tests.HttpDoors;

/// <summary>Companies hear what became of their work: each thing once, in order, without whose it is, and nothing of what was taken back.</summary>
public sealed class WorkWebhookTests(WebhookSilo running) : IClassFixture<WebhookSilo>
{
    private static readonly int _kills = Trials.Count("CC_WEBHOOK_KILLS", 1);

    [Fact]
    public async Task Work_OverdueThenDone_ToldInOrderWithoutWhoseItIs()
    {
        const string Person = "waits@example.org";
        await Grant(running, Person, "acme");
        var given = await running.Receiver.Next();
        await Publish(running, Person, "acme");
        var work = Assert.Single(await List(running, "acme"));
        Call[] overdue = [await running.Receiver.Next(), await running.Receiver.Next()];
        await Complete(running, "acme", work, WorkResult.NotNeeded);
        var done = await running.Receiver.Next();

        Assert.Equal([("work.due", "FIRST"), ("work.escalated", "ESCALATED"), ("work.done", "ESCALATED")], overdue.Append(done).Select(call => (call.Type, call.Queue)));
        Assert.All(overdue.Append(done), call => Assert.Equal((work.WorkId, "UNANSWERED_QUESTION"), (call.Work, (string)call.Body["data"]!["kind"]!)));
        Assert.All(overdue, call => Assert.Equal(["work_id", "kind", "queue"], call.Body["data"]!.AsObject().Select(part => part.Key)));
        Assert.Equal("NOT_NEEDED", (string)done.Body["data"]!["result"]!);
        Assert.All(overdue.Append(done), call => Assert.DoesNotContain(given.Customer, $"{call.Body}", StringComparison.Ordinal));
        Assert.Equal(3, overdue.Append(done).Select(call => call.Id).Distinct().Count());

        // Told once: the same question, asked again, is the same work.
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Question(Person, "again", TimeSpan.FromHours(25))), running.Client.AsProgram());
        Assert.False(running.Receiver.HasMore());
    }

    /// <summary>The call that is under way is broken off before the revoke is answered, and no other follows.</summary>
    [Fact]
    public async Task Revoke_WhileWorkIsBeingTold_IsNotToldAnyMore()
    {
        const string Person = "takes-back@example.org";
        running.Receiver.Answers["globex"] = Task.FromResult(StatusCodes.Status204NoContent);
        var grant = await Grant(running, Person, "globex");
        Assert.Equal("consent.given", (await running.Receiver.Next("globex")).Type);
        running.Receiver.Answers["globex"] = new TaskCompletionSource<int>().Task;
        await Publish(running, Person, "globex");
        Assert.Equal("work.due", (await running.Receiver.Next("globex")).Type);

        await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), running.Client.AsCustomer(Person));

        // Long before the call would have been given up by itself.
        await running.Receiver.BrokenOff.Task.WaitAsync(Domain.Limits.News.SendTimeout / 2);
        running.Receiver.Answers.TryRemove("globex", out _);
        await Ask(running, "another@example.org", "globex");
        var others = Assert.Single(await List(running, "globex")).WorkId;
        var told = new List<Call>();
        while (!told.Exists(call => call.Type == "work.escalated") || !told.Exists(call => call.Type == "consent.ended"))
        {
            told.Add(await running.Receiver.Next("globex"));
        }

        Assert.All(told.Where(call => call.Type.StartsWith("work.", StringComparison.Ordinal)), call => Assert.Equal(others, call.Work));
    }

    /// <summary>How work ended is kept while the receiver is down, but not beyond a change of consent that may have taken back what the work was made of, though ATTENTION stays granted.</summary>
    [Theory]
    [InlineData("missing", "narrowed")]
    [InlineData("moved", "not collected")]
    [InlineData("slow", "one of two purposes")]
    public async Task Done_ConsentChangedBeforeItWasTold_IsNotToldAnyMore(string tenant, string change)
    {
        var person = $"{tenant}@example.org";
        running.Receiver.Answers[tenant] = Task.FromResult(StatusCodes.Status503ServiceUnavailable);
        var grant = await Grant(running, person, tenant);
        await Update(grant, person, "purposes", new GrantTerms { Purposes = { Requests.Purpose, WebhookSilo.OtherPurpose } });
        await Publish(running, person, tenant);
        var work = Assert.Single(await List(running, tenant));
        await Complete(running, tenant, work, WorkResult.Done);
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Answer(person)), running.Client.AsProgram(tenant));
        Assert.Empty(await List(running, tenant));

        switch (change)
        {
            case "narrowed":
                await Update(grant, person, "facets", new GrantTerms { Facets = { Facet.Attention } });
                break;
            case "one of two purposes":
                await Update(grant, person, "purposes", new GrantTerms { Purposes = { Requests.Purpose } });
                break;
            default:
                await running.Client.Consents.SetPreferencesAsync(Requests.Preferences(), running.Client.AsCustomer(person));
                await running.Client.Consents.SetPreferencesAsync(Requests.Preferences(tenant), running.Client.AsCustomer(person));
                break;
        }

        while (running.Receiver.HasMore(tenant))
        {
            await running.Receiver.Next(tenant);
        }

        // Of the same part, and done later: what was kept of the first would be told before it.
        running.Receiver.Answers.TryRemove(tenant, out _);
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Tier(person), Asked(person)), running.Client.AsProgram(tenant));
        var next = Assert.Single(await List(running, tenant));
        Assert.NotEqual(work.WorkId, next.WorkId);
        await Complete(running, tenant, next, WorkResult.Done);
        var told = new List<Call>();
        while (!told.Exists(call => call.Type == "work.done"))
        {
            told.Add(await running.Receiver.Next(tenant));
        }

        Assert.All(told.Where(call => call.Type.StartsWith("work.", StringComparison.Ordinal)), call => Assert.Equal(next.WorkId, call.Work));
    }

    /// <summary>Else the message of the grant, which names a customer, and that of the work, which does not, would come together.</summary>
    [Fact]
    public async Task Resume_WithWorkThatIsOverdue_IsNotToldOfItAgain()
    {
        const string Person = "pauses@example.org";
        await Ask(running, Person, "failing");
        Assert.Equal(
            ["consent.given", "work.due", "work.escalated"],
            new[] { await running.Receiver.Next("failing"), await running.Receiver.Next("failing"), await running.Receiver.Next("failing") }.Select(call => call.Type).Order());

        await running.Client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = "p" }, running.Client.AsCustomer(Person));
        Assert.Empty(await List(running, "failing"));
        await running.Client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = "r" }, running.Client.AsCustomer(Person));
        await Complete(running, "failing", Assert.Single(await List(running, "failing")), WorkResult.Done);

        var told = new List<string>();
        while (told.Count < 3)
        {
            told.Add((await running.Receiver.Next("failing")).Type);
        }

        Assert.Equal(["consent.ended", "consent.given", "work.done"], told.Order());
        Assert.False(running.Receiver.HasMore("failing"));
    }

    /// <summary>A receiver that is down, or does not take one message, holds up neither the other receiver nor, in the same part of the queue, other work.</summary>
    [Theory]
    [InlineData(StatusCodes.Status503ServiceUnavailable)]
    [InlineData(StatusCodes.Status400BadRequest)]
    public async Task Refused_AtOneReceiver_TheOtherAndTheGrantsAreTold(int status)
    {
        var person = $"part-{status}@example.org";
        running.Receiver.Answers["pair-due"] = Task.FromResult(status);
        await Ask(running, person, "pair");
        Assert.Equal(("consent.given", "work.escalated"), ((await running.Receiver.Next("pair")).Type, (await running.Receiver.Next("pair-escalated")).Type));
        var refused = await running.Receiver.Next("pair-due");

        // The same part: one customer's.
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Asked(person)), running.Client.AsProgram("pair"));
        Assert.NotEqual(refused.Work, (await running.Receiver.Next("pair-escalated")).Work);
        foreach (var grant in await running.Client.LiveGrants(person))
        {
            await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant.GrantId), running.Client.AsCustomer(person));
        }

        Assert.Equal("consent.ended", (await running.Receiver.Next("pair")).Type);
        running.Receiver.Answers.TryRemove("pair-due", out _);
    }

    [Fact]
    public async Task Refused_OfOneWork_OtherWorkIsToldAndItselfAgainLater()
    {
        const string Person = "poison@example.org";
        running.Receiver.Answers["gone"] = Task.FromResult(StatusCodes.Status400BadRequest);
        await Ask(running, Person, "gone");
        var first = await running.Receiver.Next("gone");
        while (first.Type != "work.due")
        {
            first = await running.Receiver.Next("gone");
        }

        running.Receiver.Refused = call => call.Id == first.Id;
        running.Receiver.Answers.TryRemove("gone", out _);
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Asked(Person)), running.Client.AsProgram("gone"));
        var told = new List<Call>();
        while (told.Count(call => call.Type.StartsWith("work.", StringComparison.Ordinal) && call.Work != first.Work) < 2)
        {
            told.Add(await running.Receiver.Next("gone"));
        }

        Assert.DoesNotContain(told, call => call.Type == "work.escalated" && call.Work == first.Work);
        running.Receiver.Refused = null;
        while (!told.Exists(call => call.Type == "work.escalated" && call.Work == first.Work))
        {
            told.Add(await running.Receiver.Next("gone"));
        }
    }

    [Fact]
    public async Task Types_OfTwoReceivers_EachHearsItsOwn()
    {
        await Ask(running, "split@example.org", "split");
        Assert.Equal(["work.due", "work.escalated"], [(await running.Receiver.Next("split-work")).Type, (await running.Receiver.Next("split-work")).Type]);
        Assert.Equal("consent.given", (await running.Receiver.Next("split")).Type);
        await Complete(running, "split", Assert.Single(await List(running, "split")), WorkResult.Done);

        Assert.Empty(await List(running, "split"));
        Assert.False(running.Receiver.HasMore("split") || running.Receiver.HasMore("split-work"));
    }

    /// <summary>Work that was completed, and then answered, while the receiver was down is told after a <c>kill -9</c>, from the start and under the same ids. CC_WEBHOOK_KILLS times.</summary>
    [Fact]
    public async Task Kill_BeforeTheReceiverTookIt_NothingLostAndOrderKept()
    {
        await using var own = new WebhookSilo();
        await own.InitializeAsync();
        for (var kill = 0; kill < _kills; kill++)
        {
            var person = $"kill-{kill}@example.org";
            await Grant(own, person, "acme");
            Assert.Equal("consent.given", (await own.Receiver.Next()).Type);
            own.Receiver.Answers["acme"] = Task.FromResult(StatusCodes.Status503ServiceUnavailable);
            await Publish(own, person, "acme");
            var work = Assert.Single(await List(own, "acme"));
            var first = await own.Receiver.Next();
            await Complete(own, "acme", work, WorkResult.Done);
            await own.Client.Signals.PublishSignalsAsync(Requests.Publish(Answer(person)), own.Client.AsProgram());
            await own.Stop();
            while (own.Receiver.HasMore())
            {
                await own.Receiver.Next();
            }

            own.Receiver.Answers.TryRemove("acme", out _);
            await own.Start();
            Assert.Empty(await List(own, "acme"));

            Call[] told = [await own.Receiver.Next(), await own.Receiver.Next(), await own.Receiver.Next()];
            Assert.Equal(["work.due", "work.escalated", "work.done"], told.Select(call => call.Type));
            Assert.All(told, call => Assert.Equal(work.WorkId, call.Work));
            Assert.Equal(first.Id, told[0].Id);
            Assert.False(own.Receiver.HasMore());
        }
    }

    internal static async Task Ask(WebhookSilo silo, string person, string tenant)
    {
        await Grant(silo, person, tenant);
        await Publish(silo, person, tenant);
    }

    /// <summary>A customer who grants ATTENTION and has a support tier.</summary>
    private static async Task<string> Grant(WebhookSilo silo, string person, string tenant)
    {
        await silo.Client.Consents.SetPreferencesAsync(Requests.Preferences(tenant), silo.Client.AsCustomer(person));
        var grant = Requests.Grant(tenant);
        grant.Terms.Facets.Add(Facet.Attention);
        grant.Terms.Sources.Clear();
        grant.Terms.Sources.Add($"{tenant}/crm");
        return (await silo.Client.Consents.CreateGrantAsync(grant, silo.Client.AsCustomer(person))).Grant.GrantId;
    }

    /// <summary>What they asked more than a day ago.</summary>
    private static async Task Publish(WebhookSilo silo, string person, string tenant)
    {
        var published = await silo.Client.Signals.PublishSignalsAsync(Requests.Publish(Tier(person), Question(person, "first", TimeSpan.FromHours(26))), silo.Client.AsProgram(tenant));
        Assert.All(published.Results, result => Assert.Null(result.Status));
    }

    private async Task Update(string grant, string person, string field, GrantTerms terms)
    {
        var update = new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = grant, Terms = terms, UpdateMask = new FieldMask { Paths = { field } } };
        await running.Client.Consents.UpdateGrantAsync(update, running.Client.AsCustomer(person));
    }

    private static Signal Tier(string person) => new()
    {
        Id = Requests.NewId(),
        Subject = new SubjectIdentifier { Email = person },
        OccurredTime = Ago(TimeSpan.FromDays(2)),
        Trait = new TraitSignal { Name = "support_tier", Value = "gold" },
    };

    /// <summary>Another question, in a conversation of its own.</summary>
    private static Signal Asked(string person)
    {
        var asked = Question(person, "asked", TimeSpan.FromHours(25.5));
        asked.Conversation.ConversationId = "another";
        return asked;
    }

    private static Signal Question(string person, string id, TimeSpan ago)
    {
        var question = Requests.Turn(person, "delivery", 1);
        (question.Id, question.OccurredTime) = (id, Ago(ago));
        return question;
    }

    internal static Signal Answer(string person)
    {
        var answer = Question(person, "answer", TimeSpan.FromHours(1));
        (answer.Conversation.Role, answer.Conversation.State) = (ParticipantRole.Agent, ConversationState.Answered);
        answer.Conversation.ClearScore();
        return answer;
    }

    private static Timestamp Ago(TimeSpan time) => (TimeProvider.System.GetUtcNow() - time).ToTimestamp();

    private static CallOptions As(WebhookSilo silo, string tenant) => SiloClient.With(silo.Silo.Tokens.Sign(DevTokens.Actor(tenant, "ada", scope: "attention.work")));

    internal static async Task<Work[]> List(WebhookSilo silo, string tenant)
    {
        using var channel = GrpcChannel.ForAddress(silo.Silo.Grpc);
        var client = new AttentionService.AttentionServiceClient(channel);
        return [.. (await Patience.Try(() => client.ListWorkAsync(new ListWorkRequest { Purpose = Requests.Purpose }, As(silo, tenant)).ResponseAsync)).Works];
    }

    private static async Task Complete(WebhookSilo silo, string tenant, Work work, WorkResult result)
    {
        using var channel = GrpcChannel.ForAddress(silo.Silo.Grpc);
        var client = new AttentionService.AttentionServiceClient(channel);
        var claim = new ClaimWorkRequest { RequestId = Requests.NewId(), WorkId = work.WorkId, Purpose = Requests.Purpose, InteractionId = "shift-1" };
        await Patience.Try(() => client.ClaimWorkAsync(claim, As(silo, tenant)).ResponseAsync);
        var complete = new CompleteWorkRequest { RequestId = Requests.NewId(), WorkId = work.WorkId, Result = result };
        await Patience.Try(() => client.CompleteWorkAsync(complete, As(silo, tenant)).ResponseAsync);
    }
}
