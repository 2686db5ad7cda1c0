using CustomerContext.Silo.Config;
using CustomerContext.Storage.Journal;
using CustomerContext.Storage.Sqlite;

namespace CustomerContext.Silo.Hosting;

/// <summary>What the program does instead of serving: <c>backup --to FOLDER</c> and <c>restore --from FOLDER</c> of the embedded store, with <c>--data FOLDER</c>.</summary>
internal static class StoreCommands
{
    /// <summary>Name of the embedded store's file, in the data folder and in a backup.</summary>
    public const string FileName = "customercontext.db";

    private static readonly CommandLine _commandLine = new(new Dictionary<string, (string Key, bool IsFlag)>
    {
        ["--data"] = ("data", false),
        ["--to"] = ("to", false),
        ["--from"] = ("from", false),
        ["--accept-journal"] = ("accept-journal", true),
    });

    private const string Usage = "backup [--data FOLDER] --to FOLDER, or restore [--data FOLDER] --from FOLDER [--accept-journal]";

    /// <summary>True if <paramref name="args"/> were such a command, which then has been done.</summary>
    /// <exception cref="Storage.StorageStartException">It could not be done.</exception>
    public static async Task<bool> Run(string[] args)
    {
        if (args is not ["backup" or "restore", ..])
        {
            return false;
        }

        DataFolder.KeepNewFilesPrivate();
        var options = _commandLine.Read(args[1..]);
        var data = Path.GetFullPath(options.GetValueOrDefault("data") ?? new SiloOptions().Data);
        var store = Path.Combine(data, FileName);
        switch (args[0], options.GetValueOrDefault("to"), options.GetValueOrDefault("from"))
        {
            case ("backup", { } to, _):
                SqliteBackup.Make(store, Path.Combine(to, FileName));
                await Console.Out.WriteLineAsync($"Copied to {Path.Combine(to, FileName)}. Keep apart from it: identity.key, receipt-keys, {JournalOptions.Alone}.");
                return true;
            case ("restore", _, { } from):
                var journal = new JournalOptions { Folder = data, AcceptNew = options.ContainsKey("accept-journal") };
                SqliteBackup.Restore(Path.Combine(from, FileName), store, journal);
                await Console.Out.WriteLineAsync("Brought back. What was withdrawn since is taken back again at the next start.");
                return true;
            default:
                throw new Storage.StorageStartException(Usage);
        }
    }
}
