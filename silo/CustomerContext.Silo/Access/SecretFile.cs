namespace CustomerContext.Silo.Access;

/// <summary>Writes a file that only its owner can read, whole or not at all.</summary>
internal static class SecretFile
{
    /// <summary>Writes <paramref name="text"/> to <paramref name="path"/>, replacing what is there.</summary>
    public static void Write(string path, string text)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        var half = path + ".new";
        using (var file = new FileStream(half, options))
        using (var writer = new StreamWriter(file))
        {
            writer.Write(text);
            writer.Flush();
            file.Flush(flushToDisk: true);
        }

        File.Move(half, path, overwrite: true);
    }
}
