namespace CustomerContext.Storage.Tests.Sqlite;

/// <summary>
/// What a loss of power leaves of a store's files. What was flushed is there. Of each write after the last flush of its file, all, nothing, or some of its sectors are; and a flush that the disk
/// refused leaves what it should have kept in doubt for ever, unless it is written again.
/// </summary>
internal static class PowerCut
{
    private const int Sector = 512;

    /// <summary>Writes the files as they are after a cut, beside <paramref name="path"/>.</summary>
    public static void Leave(ReadOnlySpan<DiskStep> steps, Random random, string path)
    {
        foreach (var file in (string[])["", "-wal"])
        {
            using var disk = new FileStream(path + file, FileMode.Create);
            var isKept = Kept(steps, file);
            for (var number = 0; number < steps.Length; number++)
            {
                var step = steps[number];
                if (step.File == file && !step.IsFlush && (isKept[number] || !step.Failed))
                {
                    Do(disk, step, isKept[number] ? null : random);
                }
            }
        }
    }

    /// <summary>Which steps the first flush after them has kept.</summary>
    private static bool[] Kept(ReadOnlySpan<DiskStep> steps, string file)
    {
        var kept = new bool[steps.Length];
        var isFlushed = false;
        for (var number = steps.Length - 1; number >= 0; number--)
        {
            if (steps[number].File == file)
            {
                isFlushed = steps[number].IsFlush ? !steps[number].Failed : isFlushed;
                kept[number] = isFlushed && !steps[number].Failed;
            }
        }

        return kept;
    }

    private static void Do(FileStream disk, DiskStep step, Random? random)
    {
        if (step.Bytes is null)
        {
            if (random is null || random.Next(2) == 0)
            {
                disk.SetLength(step.At);
            }

            return;
        }

        var (choice, last) = (random?.Next(3) ?? 0, step.Bytes.Length);
        for (var at = 0; at < last; at += Sector)
        {
            // All of it, none of it, or each sector by chance.
            if (choice == 0 || (choice == 2 && random!.Next(2) == 0))
            {
                disk.Position = step.At + at;
                disk.Write(step.Bytes, at, Math.Min(Sector, last - at));
            }
        }
    }
}
