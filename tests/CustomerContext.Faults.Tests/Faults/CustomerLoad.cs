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

    private static readonly TimeSpan _longestResend = TimeSpan.FromSeconds(30);

    private readonly int _looksBeforeRevoke = random.Next(1, 40);

    // What this one sent, and what was taken from it.
    private readonly HashSet<SentTurn> _taken = [];
    private int _sent;

    /// <summary>
    /// Goes on until <paramref name="stop"/>. UNAVAILABLE is an answer that may come at any time, and is tried again; any other failure before
    /// <paramref name="isBroken"/> is a fault of the server's.
    /// </summary>
    public Task Run(Func<bool> isBroken, CancellationToken stop)
    {
        return Task.WhenAll(Until(Publish), Until(Look), Until(LookAndRevoke), Until(Watch));

        async Task Until(Func<CancellationToken, Task> part)
        {
            while (!stop.IsCancellationRequested)
            {
                try
                {
                    await part(stop);
                    return;
                }
                catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable && !isBroken())
                {
                    // Once more.
                }
                catch (RpcException error) when (isBroken() && error.StatusCode is StatusCode.Unavailable or StatusCode.Cancelled or StatusCode.Internal)
                {
                    return; // Cut off as planned.
                }
            }
        }
    }

    /// <summary>Sends every signal again until all are acknowledged, and the revoke under its own id; how many signals there were.</summary>
    public async Task<int> Resend()
    {
        using var deadline = new CancellationTokenSource(_longestResend);
        while (history.Sent.Keys.Where(turn => !_taken.Contains(turn)).ToArray() is { Length: > 0 } again)
        {
            deadline.Token.ThrowIfCancellationRequested();
            await Publish(again);
        }

        await Revoke();
        return _taken.Count;
    }

    private async Task Publish(CancellationToken stop)
    {
        var turns = Enumerable.Range(0, Conversations * Turns).Select(i => new SentTurn($"{email}.{i % Conversations}", i / Conversations)).ToArray();
        while (!stop.IsCancellationRequested)
        {
            // New ones first; then again what was sent before.
            var batch = _sent < turns.Length
                ? turns.Skip(_sent).Take(random.Next(1, 4)).ToArray()
                : random.GetItems(turns, 2).Distinct().ToArray();
            _sent += batch.Length;
            foreach (var turn in batch)
            {
                history.Sent[turn] = true;
            }

            await Publish(batch);
            answered();
        }
    }

    private async Task Publish(SentTurn[] turns)
    {
        var answer = await client.Signals.PublishSignalsAsync(Requests.Publish(turns.Select(Signal)), client.AsAgent());
        for (var i = 0; i < turns.Length; i++)
        {
            if (answer.Results[i].Outcome is SignalOutcome.Accepted or SignalOutcome.Duplicate)
            {
                history.Acknowledged[turns[i]] = true;
                _taken.Add(turns[i]);
            }
            else
            {
                Assert.Equal(ErrorReason.StoreUnavailable, answer.Results[i].Status.Reason);
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
