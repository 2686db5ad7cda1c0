using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace CustomerContext.Silo.Access;

/// <summary>Writes a file that only its owner can read, whole or not at all.</summary>
internal static class SecretFile
{
    private const int NameBytes = 4;

    /// <summary>Writes <paramref name="text"/> to <paramref name="path"/>, replacing what is there.</summary>
    public static void Write(string path, string text) => File.Move(Written(path, text), path, overwrite: true);

    /// <summary>Writes <paramref name="text"/> to <paramref name="path"/> unless something is there: of silos that make the same file at the same moment one wins.</summary>
    /// <returns>False if something is there.</returns>
    public static bool TryCreate(string path, string text)
    {
        var written = Written(path, text);
        try
        {
            return Take(written, path);
        }
        finally
        {
            File.Delete(written);
        }
    }

    /// <summary>Gives a whole file its name, if nothing has it. On Unix by a link: there moving looks whether something is there, and then replaces what has come meanwhile.</summary>
    private static bool Take(string written, string path)
    {
        if (!OperatingSystem.IsWindows())
        {
            if (Link(written, path) == 0)
            {
                return true;
            }

            // Some shared folders have no links: there it is moved, and two that start at one moment may both think that they have won.
        }

        try
        {
            File.Move(written, path, overwrite: false);
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
    }

    private static string Written(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        // A name of its own: another silo may be writing the same file.
        var half = $"{path}.{Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(NameBytes))}.new";
        using var file = new FileStream(half, options);
        using var writer = new StreamWriter(file);
        writer.Write(text);
        writer.Flush();
        file.Flush(flushToDisk: true);
        return half;
    }

    [DllImport("libc", EntryPoint = "link")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int Link([MarshalAs(UnmanagedType.LPUTF8Str)] string from, [MarshalAs(UnmanagedType.LPUTF8Str)] string to);
}
