using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>What others say about a customer's ties is shown to the customer as a proposal, and only their own word makes it true.</summary>
public sealed class ProposalTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private SiloClient Client => running.Client;

    [Fact]
    public async Task WatchRequests_SomebodySaysFriend_ProposedAndSettledByTheirOwnWord()
    {
        const string email = "befriended@example.org";
        const string other = "friendly@example.org";
        await Collect(email);
        await Collect(other);
        using var stream = Client.WatchRequests(email);

        await Say(other, new SubjectIdentifier { Email = email });
        var message = await stream.Next();
        Assert.Equal((ProposalKind.Friend, ""), (message.Proposal.Kind, message.Proposal.Source));

        // By the id that they were told, which is theirs alone.
        await Say(email, new SubjectIdentifier { CustomerId = message.Proposal.OtherCustomerId });
        Assert.Equal(message.Proposal.ProposalId, (await stream.Next()).SettledId);
    }

    [Fact]
    public async Task WatchRequests_ASourceSaysMember_ProposedAndResumesWhereItWas()
    {
        const string email = "claimed@example.org";
        await Collect(email);
        var joined = new Signal
        {
            Id = Requests.NewId(),
            Subject = new SubjectIdentifier { Email = email },
            OccurredTime = Requests.Turn(email, "c", 1).OccurredTime,
            Membership = new MembershipSignal { TribeId = "e-bikers", Change = MembershipChange.Joined },
        };
        await Client.Signals.PublishSignalsAsync(Requests.Publish(joined), Client.AsAgent());

        using var stream = Client.WatchRequests(email);
        var message = await stream.Next();
        Assert.Equal((ProposalKind.Tribe, "e-bikers", "acme"), (message.Proposal.Kind, message.Proposal.TribeId, message.Proposal.Source.Split('/')[0]));

        using var resumed = Client.WatchRequests(email, message.ResumeToken);
        await Client.Ask(email);
        Assert.NotNull((await resumed.Next()).ConsentRequest);
    }

    private async Task Collect(string email) => await Client.Consents.SetPreferencesAsync(Requests.Preferences("acme", "customer"), Client.AsCustomer(email));

    private async Task Say(string email, SubjectIdentifier friend)
    {
        var tie = new Signal
        {
            Id = Requests.NewId(),
            OccurredTime = Requests.Turn(email, "c", 1).OccurredTime,
            Relationship = new RelationshipSignal { Other = friend, Kind = RelationshipKind.Friend, Change = RelationshipChange.Began },
        };
        var answer = await Client.Signals.PublishSignalsAsync(Requests.Publish(tie), Client.AsCustomer(email));
        Assert.Equal(SignalOutcome.Accepted, Assert.Single(answer.Results).Outcome);
    }
}
