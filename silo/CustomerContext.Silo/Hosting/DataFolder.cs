using System.Runtime.InteropServices;

namespace CustomerContext.Silo.Hosting;

/// <summary>The data folder belongs to its owner alone: it holds keys with which anybody could read and forge everything.</summary>
internal static class DataFolder
{
    private const int ShownPaths = 3;
    private const UnixFileMode Owner = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode Others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute
        | UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <summary>Makes the folder if it is missing, and makes sure that nobody else has rights in it. Windows has its own rights and is not looked at.</summary>
    /// <exception cref="InvalidDataException">Somebody else has; the message says what to do.</exception>
    public static void Prepare(string folder)
    {
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(folder);
            return;
        }

        KeepNewFilesPrivate();
        Directory.CreateDirectory(folder, Owner);
        var loose = Directory.EnumerateFileSystemEntries(folder, "*", SearchOption.AllDirectories).Prepend(folder).Where(IsLoose).Take(ShownPaths).ToArray();
        if (loose.Length > 0)
        {
            throw new InvalidDataException(
                $"Others than their owner have rights to {string.Join(", ", loose)}. Who reads the data folder can be anybody. Take the rights away: chmod -R go= {folder}");
        }
    }

    /// <summary>From now on no file of this process has rights for others, whoever makes it: SQLite makes its own.</summary>
    public static void KeepNewFilesPrivate()
    {
        if (!OperatingSystem.IsWindows())
        {
            _ = Umask(Convert.ToUInt32("077", 8));
        }
    }

    private static bool IsLoose(string path)
    {
        try
        {
            return !OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & Others) != 0;
        }
        catch (FileNotFoundException)
        {
            return false; // Gone since it was listed.
        }
    }

    [DllImport("libc", EntryPoint = "umask")]
    private static extern uint Umask(uint mask);
}
