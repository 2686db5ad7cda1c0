using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>Everything that happens to one customer at once: signals come in, two tenants look, one watches, and the customer revokes what the second was granted.</summary>
internal sealed class CustomerLoad(SiloClient client, string email, string revocable, CustomerHistory history, Random random, Action answered)
{
    private const int Conversations = 5;

    // One less than a conversation keeps, so that one counted twice shows.
    private const int Turns = 7;

    private readonly int _looksBeforeRevoke = random.Next(1, 40);

    public string Email => email;

    public string Revocable => revocable;

    /// <summary>Goes on until <paramref name="stop"/>; what fails before <paramref name="isBroken"/> is a fault of the server's.</summary>
    public Task Run(Func<bool> isBroken, CancellationToken stop)
    {
        return Task.WhenAll(Until(Publish), Until(Look), Until(LookAndRevoke), Until(Watch));

        async Task Until(Func<CancellationToken, Task> part)
        {
            try
            {
                await part(stop);
            }
            catch (RpcException error) when (isBroken() && error.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal)
            {
                // Cut off as planned.
            }
        }
    }

    /// <summary>Sends every signal again until all are acknowledged, and the revoke under its own id.</summary>
    public async Task Resend()
    {
        var again = history.Sent.Keys.Select(Signal).ToArray();
        var answer = await client.Signals.PublishSignalsAsync(Requests.Publish(again), client.AsAgent());
        Assert.All(answer.Results, result => Assert.Contains(result.Outcome, new[] { SignalOutcome.Accepted, SignalOutcome.Duplicate }));
        await Revoke();
    }

    private async Task Publish(CancellationToken stop)
    {
        var turns = Enumerable.Range(0, Conversations * Turns).Select(i => new SentTurn($"{email}.{i % Conversations}", i / Conversations)).ToArray();
        var sent = 0;
        while (!stop.IsCancellationRequested)
        {
            // New ones first; then again what was sent before.
            var batch = sent < turns.Length
                ? turns.Skip(sent).Take(random.Next(1, 4)).ToArray()
                : random.GetItems(turns, 2).Distinct().ToArray();
            sent += batch.Length;
            foreach (var turn in batch)
            {
                history.Sent[turn] = true;
            }

            var answer = await client.Signals.PublishSignalsAsync(Requests.Publish(batch.Select(Signal)), client.AsAgent());
            answered();
            for (var i = 0; i < batch.Length; i++)
            {
                if (answer.Results[i].Outcome is SignalOutcome.Accepted or SignalOutcome.Duplicate)
                {
                    history.Acknowledged[batch[i]] = true;
                }
                else
                {
                    Assert.Equal(ErrorReason.StoreUnavailable, answer.Results[i].Status.Reason);
                }
            }
        }
    }

    private async Task Look(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await LookOnce("acme");
        }
    }

    private async Task LookAndRevoke(CancellationToken stop)
    {
        for (var looks = 0; looks < _looksBeforeRevoke && !stop.IsCancellationRequested; looks++)
        {
            await LookOnce("globex");
        }

        if (!stop.IsCancellationRequested)
        {
            await Revoke();
            answered();
        }
    }

    private async Task Watch(CancellationToken stop)
    {
        using var watch = client.Contexts.WatchContext(Requests.Watch(email), client.AsAgentForLong(stop));
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (watch.ResponseStream.Current.Frame is { } frame)
            {
                history.Answers[frame.DisclosureId] = true;
                answered();
            }
        }
    }

    private async Task LookOnce(string tenant)
    {
        var answer = await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent(tenant));
        history.Answers[answer.DisclosureId] = true;
        answered();
    }

    private async Task Revoke()
    {
        var request = new RevokeGrantRequest { RequestId = new Guid(Seeded()).ToString(), GrantId = revocable };
        await client.Consents.RevokeGrantAsync(request, client.AsCustomer(email));
        history.Revoked[revocable] = true;
    }

    /// <summary>The same for the same customer, so that the revoke is repeated and not made anew.</summary>
    private byte[] Seeded() => System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(email))[..16];

    private Signal Signal(SentTurn turn) => Requests.Turn(email, turn.Conversation, turn.Number);
}
