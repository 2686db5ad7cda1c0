using System.Collections.Immutable;
using CustomerContext.Client;
using CustomerContext.Faults.Tests.Harness;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Cluster;

/// <summary>Looks at a few customers without end, each ten times a second, and how each customer's went.</summary>
internal sealed class LookLoad : IAsyncDisposable
{
    private static readonly TimeSpan _every = TimeSpan.FromMilliseconds(100);

    private readonly CancellationTokenSource _stop = new();
    private readonly Task<CustomerLooks>[] _running;

    private LookLoad(IEnumerable<string> emails, Func<string, Task<StatusCode>> look) =>
        _running = [.. emails.Select(email => Task.Run(() => Run(email, look)))];

    /// <summary>Looks by the SDK.</summary>
    public static LookLoad By(CustomerContextClient client, IEnumerable<string> emails) => new(emails, async email =>
    {
        try
        {
            await client.Customer(Subject.Email(email)).GetContextAsync(Requests.Purpose, new LookupOptions { InteractionId = "call-1" });
            return StatusCode.OK;
        }
        catch (ServerUnavailableException unavailable)
        {
            return unavailable.Code;
        }
    });

    /// <summary>Ends it; how each customer's looks went.</summary>
    public async Task<ImmutableArray<CustomerLooks>> End()
    {
        await _stop.CancelAsync();
        return [.. await Task.WhenAll(_running)];
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await Task.WhenAll(_running);
        _stop.Dispose();
    }

    private async Task<CustomerLooks> Run(string email, Func<string, Task<StatusCode>> look)
    {
        var time = TimeProvider.System;
        var (answered, longest, last) = (0, TimeSpan.Zero, time.GetTimestamp());
        var failures = new List<FailedLook>();
        using var pace = new PeriodicTimer(_every, time);
        while (!_stop.IsCancellationRequested)
        {
            var begun = time.GetTimestamp();
            if (await look(email) is var status && status == StatusCode.OK)
            {
                answered++;
                var gap = time.GetElapsedTime(last);
                longest = gap > longest ? gap : longest;
                last = time.GetTimestamp();
            }
            else
            {
                failures.Add(new FailedLook(email, begun, time.GetElapsedTime(begun), status));
            }

            await pace.WaitForNextTickAsync();
        }

        return new CustomerLooks(email, answered, longest, [.. failures]);
    }
}

/// <summary>The looks at one customer.</summary>
/// <param name="Email">Whom.</param>
/// <param name="Answered">How many were answered.</param>
/// <param name="Longest">The longest time from one answer to the next.</param>
/// <param name="Failures">Those that were not answered, after what the client repeats.</param>
internal sealed record CustomerLooks(string Email, int Answered, TimeSpan Longest, ImmutableArray<FailedLook> Failures);

/// <summary>A look that was not answered.</summary>
/// <param name="Email">At whom.</param>
/// <param name="Begun">When it began; a timestamp of the system's clock.</param>
/// <param name="Took">How long it took.</param>
/// <param name="Code">How it failed.</param>
internal sealed record FailedLook(string Email, long Begun, TimeSpan Took, StatusCode Code);
