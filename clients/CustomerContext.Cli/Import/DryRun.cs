using CustomerContext.Cli.Replay;

namespace CustomerContext.Cli.Import;

/// <summary>Reads a whole file and sends nothing.</summary>
internal static class DryRun
{
    /// <summary>What would be sent, refused and skipped, as far as it can be known without the server.</summary>
    public static async Task<ReplayTally> OfAsync(ISignalFile file, CancellationToken cancellation)
    {
        var tally = new ReplayTally();
        await foreach (var line in file.ReadAsync(0, cancellation))
        {
            switch (line)
            {
                case ReplayLine.OfSignal signal:
                    tally.AddUnasked(signal.Signal, line.Number);
                    break;
                case ReplayLine.Unsent unsent:
                    tally.Add(unsent);
                    break;
                default:
                    tally.AddTaken(1);
                    break;
            }
        }

        return tally;
    }
}
