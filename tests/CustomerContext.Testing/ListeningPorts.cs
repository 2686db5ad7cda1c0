using System.Globalization;
using System.Net;

namespace CustomerContext.Testing;

/// <summary>Where a process listens, as the operating system knows it (Linux).</summary>
public static class ListeningPorts
{
    private const string Listening = "0A";
    private const int AddressField = 1;
    private const int StateField = 3;
    private const int InodeField = 9;

    /// <summary>The TCP addresses that process <paramref name="processId"/> listens on, sorted as text.</summary>
    public static string[] Of(int processId)
    {
        var sockets = Directory.GetFiles($"/proc/{processId}/fd").Select(file => new FileInfo(file).LinkTarget).ToHashSet();
        return
        [
            .. new[] { "tcp", "tcp6" }
                .SelectMany(table => File.ReadLines($"/proc/{processId}/net/{table}").Skip(1))
                .Select(line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries))
                .Where(fields => fields[StateField] == Listening && sockets.Contains($"socket:[{fields[InodeField]}]"))
                .Select(fields => AddressOf(fields[AddressField]).ToString())
                .Order(StringComparer.Ordinal),
        ];
    }

    /// <summary>The kernel writes an address as 32-bit words in the machine's byte order, which is little-endian here.</summary>
    private static IPEndPoint AddressOf(string text)
    {
        var parts = text.Split(':');
        var address = Convert.FromHexString(parts[0]).Chunk(sizeof(int)).SelectMany(word => word.Reverse()).ToArray();
        return new IPEndPoint(new IPAddress(address), int.Parse(parts[1], NumberStyles.HexNumber, CultureInfo.InvariantCulture));
    }
}
