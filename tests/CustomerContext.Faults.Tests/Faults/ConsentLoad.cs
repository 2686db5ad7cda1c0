using System.Collections.Concurrent;
using System.Globalization;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Faults;

/// <summary>One customer who gives, narrows, takes back, lets expire and pauses, while a company looks and watches; everything that came back goes into the history.</summary>
internal sealed class ConsentLoad(SiloClient client, SiloClient tapped, string email, CustomerHistory history, Random random, Moments moments)
{
    private const int Lookers = 4;
    private const int Watchers = 2;

    private static readonly TimeSpan _shortLife = TimeSpan.FromMilliseconds(150);
    private static readonly TimeSpan _afterABreak = TimeSpan.FromSeconds(30);

    private readonly ConcurrentQueue<string> _live = new();

    /// <summary>Goes on until <paramref name="stop"/>. Once <paramref name="isBroken"/>, calls may be cut off.</summary>
    public Task Run(Func<bool> isBroken, CancellationToken stop)
    {
        return Task.WhenAll(
        [
            Until(Change), Until(Pause),
            .. Enumerable.Range(0, Lookers).Select(_ => Until(Look)),
            .. Enumerable.Range(0, Watchers).Select(_ => Until(() => Watch(stop))),
        ]);

        Task Until(Func<Task> operation) => this.Until(operation, isBroken);
    }

    private async Task Until(Func<Task> operation, Func<bool> isBroken)
    {
        while (moments.GoesOn && !isBroken())
        {
            try
            {
                await operation();
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.Unavailable or StatusCode.PermissionDenied or StatusCode.NotFound
                or StatusCode.ResourceExhausted or StatusCode.FailedPrecondition or StatusCode.DeadlineExceeded or StatusCode.InvalidArgument)
            {
                // Refused (a short grant may end before it begins), or what came of it is not known: nothing was promised.
            }
            catch (RpcException) when (isBroken())
            {
                return; // Cut off as planned.
            }
        }
    }

    private async Task Change()
    {
        var isShort = random.Next(4) == 0;
        var grant = await Give(isShort ? TimeProvider.System.GetUtcNow() + _shortLife : null);
        _live.Enqueue(grant);
        if (random.Next(2) == 0)
        {
            await Narrow(grant);
        }

        if (_live.Count > 2 && _live.TryDequeue(out var old))
        {
            await Revoke(old);
        }
    }

    private async Task<string> Give(DateTimeOffset? until)
    {
        var request = Requests.Grant();
        request.Terms.UntilTime = until?.ToTimestamp();
        var (answer, begun, returned) = await moments.Time(() => client.Consents.CreateGrantAsync(request, client.AsCustomer(email)).ResponseAsync);
        Note(OperationKind.Grant, begun, returned, answer.Grant, answer.ConsentVersion);
        return answer.Grant.GrantId;
    }

    private async Task Narrow(string grant)
    {
        var terms = Requests.Grant().Terms;
        terms.Facets.Clear();
        terms.Facets.Add(Facet.Sentiment);
        var request = new UpdateGrantRequest { RequestId = Requests.NewId(), GrantId = grant, Terms = terms };
        var (answer, begun, returned) = await moments.Time(() => client.Consents.UpdateGrantAsync(request, client.AsCustomer(email)).ResponseAsync);
        Note(OperationKind.Narrow, begun, returned, answer.Grant, answer.ConsentVersion);
    }

    /// <summary>On the connection of the watches, so that the wire tells what came first.</summary>
    private async Task Revoke(string grant)
    {
        var (answer, begun, returned) = await moments.Time(() => tapped.Consents.RevokeGrantAsync(Requests.Revoke(grant), tapped.AsCustomer(email)).ResponseAsync);
        if (answer.Grant.State == GrantState.Revoked)
        {
            Note(OperationKind.Revoke, begun, returned, answer.Grant, answer.ConsentVersion);
        }
    }

    private async Task Pause()
    {
        // Not all the time: some hundred lookups in between.
        for (var looks = random.Next(20, 120); looks > 0 && moments.GoesOn; looks--)
        {
            await LookRefused();
        }

        foreach (var lift in new[] { false, true })
        {
            if (lift)
            {
                // From here on it may have been lifted, whether or not a reply comes.
                history.Operations.Enqueue(new Operation(OperationKind.Lift, moments.Next(), long.MaxValue) { Epoch = long.MaxValue });
            }

            var (version, begun, returned) = await moments.Time(() => PauseOrResume(lift, Requests.NewId()));
            Note(lift ? OperationKind.Lift : OperationKind.Pause, begun, returned, null, version);
            if (!lift)
            {
                await LookRefused();
            }
        }
    }

    private async Task<string> PauseOrResume(bool lift, string requestId) => lift
        ? (await client.Consents.ResumeAllAsync(new ResumeAllRequest { RequestId = requestId }, client.AsCustomer(email))).ConsentVersion
        : (await client.Consents.PauseAllAsync(new PauseAllRequest { RequestId = requestId }, client.AsCustomer(email))).ConsentVersion;

    private async Task LookRefused()
    {
        try
        {
            await Look();
        }
        catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
        {
            // As it should be.
        }
    }

    private async Task Look()
    {
        var wall = TimeProvider.System.GetUtcNow();
        var (answer, begun, returned) = await moments.Time(() => client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent()).ResponseAsync);
        history.Answers[answer.DisclosureId] = true;
        history.Operations.Enqueue(new Operation(OperationKind.Look, begun, returned)
        {
            BegunAt = wall,
            Grants = [.. answer.GrantIds],
            Facets = Shown(answer.Context),
        });
    }

    private async Task Watch(CancellationToken stop)
    {
        using var watch = tapped.Contexts.WatchContext(
            Requests.Watch(email), tapped.AsAgent(deadline: _afterABreak).WithCancellationToken(stop));
        while (await watch.ResponseStream.MoveNext(CancellationToken.None))
        {
            if (watch.ResponseStream.Current.Frame is { } frame)
            {
                history.Answers[frame.DisclosureId] = true;
                moments.Count();
            }
        }
    }

    private void Note(OperationKind kind, long begun, long returned, Grant? grant, string version) => history.Operations.Enqueue(new Operation(kind, begun, returned)
    {
        Grants = grant is null ? [] : [grant.GrantId],
        Facets = grant is null ? [] : [.. grant.Terms.Facets],
        Epoch = long.Parse(version, CultureInfo.InvariantCulture),
        Until = grant?.Terms.UntilTime.ToDateTimeOffset() ?? DateTimeOffset.MaxValue,
    });

    private static Facet[] Shown(Context context) =>
    [
        .. new (Facet Facet, object? Value)[]
        {
            (Facet.Sentiment, context.Sentiment),
            (Facet.TopOfMind, context.TopOfMind),
            (Facet.Conversations, context.Conversations),
            (Facet.Situation, context.Situation),
        }.Where(one => one.Value is not null).Select(one => one.Facet),
    ];
}
