using CustomerContext.Cli.Tokens;
using CustomerContext.Client;
using CustomerContext.V1;

namespace CustomerContext.Cli.Replay;

/// <summary>Sends a file: section after section, each with as much at a time as is good for it.</summary>
internal sealed class ReplayRun(
    CustomerContextClient client,
    Lazy<DevelopmentTokens> tokens,
    TimeProvider time,
    PublishOptions publish,
    ReplayPlace place,
    Action<ReplayPlace> show)
{
    private static readonly TimeSpan SaveInterval = TimeSpan.FromSeconds(1);

    private readonly ReplayTally _tally = place.Tally;
    private readonly TimeSpan _earlier = place.Tally.Elapsed;
    private readonly long _started = time.GetTimestamp();
    private long _saved = time.GetTimestamp();

    /// <returns>What stopped it. Absent: all is done.</returns>
    public async Task<Exception?> RunAsync(FileInfo file, CancellationToken cancellation)
    {
        try
        {
            await using var reader = await ReplayReader.OpenAsync(file, place.Line, cancellation);
            while (reader.Next is not null)
            {
                await (reader.Next is ReplayLine.OfCustomer ? CustomersAsync(reader, cancellation) : SignalsAsync(reader, cancellation));
            }
        }
        catch (Exception e) when (e is CustomerContextException or OperationCanceledException)
        {
            _tally.Elapsed = _earlier + time.GetElapsedTime(_started);
            place.Save();
            return e;
        }

        _tally.Elapsed = _earlier + time.GetElapsedTime(_started);
        place.Delete();
        return null;
    }

    private async Task CustomersAsync(ReplayReader reader, CancellationToken cancellation)
    {
        var section = new ReplayTally(); // counted when it is done: interrupted, it begins anew
        var yes = new CustomerYes(client, tokens.Value, section);
        var options = new ParallelOptions { MaxDegreeOfParallelism = CustomerYes.AtOnce, CancellationToken = cancellation };
        await Parallel.ForEachAsync(reader.SectionAsync<ReplayLine.OfCustomer>(section.Add), options, async (line, stop) =>
        {
            await yes.SayAsync(line, stop);
            Show(place.Line, reader.Position);
        });
        _tally.Add(section);
        Show(reader.Next is { } next ? next.Number - 1 : place.Line, reader.Position);
    }

    private async Task SignalsAsync(ReplayReader reader, CancellationToken cancellation)
    {
        var unanswered = new Queue<ReplayLine>();
        await foreach (var batch in client.Signals.PublishAllAsync(SignalsOf(reader, unanswered), publish, cancellation))
        {
            var line = place.Line;
            foreach (var (signal, result) in batch.Signals.Zip(batch.Results))
            {
                PassMalformed(unanswered);
                line = unanswered.Dequeue().Number;
                _tally.Add(signal, line, result);
            }

            Show(line, reader.Position);
        }

        PassMalformed(unanswered);
    }

    private static async IAsyncEnumerable<Signal> SignalsOf(ReplayReader reader, Queue<ReplayLine> unanswered)
    {
        await foreach (var line in reader.SectionAsync<ReplayLine.OfSignal>(unanswered.Enqueue))
        {
            unanswered.Enqueue(line);
            yield return line.Signal;
        }
    }

    private void PassMalformed(Queue<ReplayLine> unanswered)
    {
        while (unanswered.TryPeek(out var line) && line is ReplayLine.Malformed malformed)
        {
            unanswered.Dequeue();
            _tally.Add(malformed);
        }
    }

    private void Show(long line, long position)
    {
        lock (place)
        {
            (place.Line, place.Position) = (line, position);
            _tally.Elapsed = _earlier + time.GetElapsedTime(_started);
            show(place);
            if (time.GetElapsedTime(_saved) >= SaveInterval)
            {
                _saved = time.GetTimestamp();
                place.Save();
            }
        }
    }
}
