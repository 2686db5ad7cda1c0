using System.Text;
using CustomerContext.Cli.Replay;

namespace CustomerContext.Cli.Import;

/// <summary>Sends a Segment export: one request after the other, so that the newest is taken last.</summary>
internal sealed class SegmentRun(SegmentDoor door, ReplayProgress progress)
{
    /// <summary>So many lines are told at the latest, even if there is nothing to send in them.</summary>
    private const int MostLines = 10_000;

    /// <returns>What stopped it. Absent: all is done.</returns>
    public Task<Exception?> RunAsync(ISignalFile file, CancellationToken cancellation) => progress.WhileAsync(async () =>
    {
        var (lines, messages, bytes) = (new List<ReplayLine>(), 0, SegmentDoor.Envelope);
        await foreach (var line in file.ReadAsync(progress.Line, cancellation))
        {
            var size = line is ReplayLine.OfMessage message ? Encoding.UTF8.GetByteCount(message.Json) + 1 : 0;
            if (lines.Count == MostLines || messages == SegmentDoor.MostMessages || bytes + size > SegmentDoor.MostBytes)
            {
                await SendAsync(lines, file.Position, cancellation);
                lines.Clear();
                (messages, bytes) = (0, SegmentDoor.Envelope);
            }

            lines.Add(line);
            messages += size > 0 ? 1 : 0;
            bytes += size;
        }

        if (lines.Count > 0)
        {
            await SendAsync(lines, file.Position, cancellation);
        }
    });

    private async Task SendAsync(IReadOnlyList<ReplayLine> lines, long position, CancellationToken cancellation)
    {
        ReplayLine.OfMessage[] messages = [.. lines.OfType<ReplayLine.OfMessage>()];
        var refused = messages.Length > 0 ? await door.SendAsync(messages, cancellation) : [];
        foreach (var unsent in lines.OfType<ReplayLine.Unsent>())
        {
            progress.Tally.Add(unsent);
        }

        // Of a message with several traits each can be refused.
        foreach (var (place, why) in refused.DistinctBy(one => one.Place))
        {
            progress.Tally.Refuse(messages[place].Number, "INVALID_ARGUMENT", why);
        }

        progress.Tally.AddTaken(messages.Length - refused.DistinctBy(one => one.Place).Count());
        progress.Come(lines[^1].Number, position);
    }
}
