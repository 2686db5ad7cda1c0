using System.Globalization;
using CustomerContext.V1;
using Google.Protobuf;

namespace CustomerContext.Cli.Records;

/// <summary>The end of a chain in a file of one line, <c>SEQUENCE HASH</c>: what a customer keeps, to hold it against the record later.</summary>
internal static class HeadFile
{
    /// <summary>The end kept in <paramref name="path"/>; absent if there is no such file.</summary>
    /// <exception cref="UsageException">It holds something else.</exception>
    public static ChainHead? Read(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }

        var parts = File.ReadAllText(path).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        return parts is [var sequence, { Length: 64 } hash]
            && long.TryParse(sequence, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && hash.All(char.IsAsciiHexDigit)
            ? new ChainHead { Sequence = number, Hash = ByteString.CopyFrom(Convert.FromHexString(hash)) }
            : throw new UsageException($"{path} does not hold the end of a record: SEQUENCE HASH");
    }

    /// <summary>Keeps <paramref name="head"/>.</summary>
    public static void Write(string path, ChainHead head) => File.WriteAllText(path, $"{Text(head)}\n");

    /// <summary>The end as it stands in the file.</summary>
    public static string Text(ChainHead head) => string.Create(
        CultureInfo.InvariantCulture, $"{head.Sequence} {Convert.ToHexStringLower(head.Hash.Span)}");
}
