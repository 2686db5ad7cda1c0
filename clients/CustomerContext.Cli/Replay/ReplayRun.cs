using CustomerContext.Cli.Tokens;
using CustomerContext.Client;
using CustomerContext.V1;

namespace CustomerContext.Cli.Replay;

/// <summary>Sends a file: section after section, each with as much at a time as is good for it.</summary>
internal sealed class ReplayRun(CustomerContextClient client, Lazy<DevelopmentTokens> tokens, PublishOptions publish, ReplayProgress progress)
{
    /// <returns>What stopped it. Absent: all is done.</returns>
    public Task<Exception?> RunAsync(ISignalFile file, CancellationToken cancellation) => progress.WhileAsync(async () =>
    {
        await using var reader = await ReplayReader.OpenAsync(file, progress.Line, cancellation);
        while (reader.Next is not null)
        {
            await (reader.Next is ReplayLine.OfCustomer ? CustomersAsync(reader, file, cancellation) : SignalsAsync(reader, file, cancellation));
        }
    });

    private async Task CustomersAsync(ReplayReader reader, ISignalFile file, CancellationToken cancellation)
    {
        var section = new ReplayTally(); // counted when it is done: interrupted, it begins anew
        var yes = new CustomerYes(client, tokens.Value, section);
        var options = new ParallelOptions { MaxDegreeOfParallelism = CustomerYes.AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(reader.SectionAsync<ReplayLine.OfCustomer>(section.Add), options, async (line, stop) =>
        {
            await yes.SayAsync(line, stop);
            progress.Come(progress.Line, file.Position);
        });
        progress.Tally.Add(section);
        PassTo(reader, file);
    }

    private async Task SignalsAsync(ReplayReader reader, ISignalFile file, CancellationToken cancellation)
    {
        var unanswered = new Queue<ReplayLine>();
        await foreach (var batch in client.Signals.PublishAllAsync(SignalsOf(reader, unanswered), publish, cancellation))
        {
            var line = progress.Line;
            foreach (var (signal, result) in batch.Signals.Zip(batch.Results))
            {
                PassUnsent(unanswered);
                line = unanswered.Dequeue().Number;
                progress.Tally.Add(signal, line, result);
            }

            // A line is done when all that it says is.
            progress.Come(unanswered.TryPeek(out var next) && next.Number == line ? line - 1 : line, file.Position);
        }

        PassUnsent(unanswered);
        PassTo(reader, file);
    }

    /// <summary>All before the next line is done.</summary>
    private void PassTo(ReplayReader reader, ISignalFile file) => progress.Come(reader.Next is { } next ? next.Number - 1 : progress.Line, file.Position);

    private static async IAsyncEnumerable<Signal> SignalsOf(ReplayReader reader, Queue<ReplayLine> unanswered)
    {
        await foreach (var line in reader.SectionAsync<ReplayLine.OfSignal>(unanswered.Enqueue))
        {
            unanswered.Enqueue(line);
            yield return line.Signal;
        }
    }

    private void PassUnsent(Queue<ReplayLine> unanswered)
    {
        while (unanswered.TryPeek(out var line) && line is ReplayLine.Unsent unsent)
        {
            unanswered.Dequeue();
            progress.Tally.Add(unsent);
        }
    }
}
