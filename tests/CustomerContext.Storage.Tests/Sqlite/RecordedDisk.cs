using System.Runtime.InteropServices;

namespace CustomerContext.Storage.Tests.Sqlite;

/// <summary>What was done to one of a store's files: bytes written, its length set, or everything before flushed.</summary>
/// <param name="File">The ending of its name: empty, or <c>-wal</c>.</param>
/// <param name="Bytes">What was written; absent if nothing was.</param>
/// <param name="At">Where, or the new length.</param>
/// <param name="IsFlush">True for a flush, and then <paramref name="Failed"/> says whether it was refused.</param>
/// <param name="Failed">A flush that the disk refused: nobody knows what of the writes before it is kept, whatever later flushes say.</param>
internal sealed record DiskStep(string File, byte[]? Bytes, long At, bool IsFlush, bool Failed = false);

/// <summary>
/// Stands between SQLite and the files of one store: notes every write and flush in order, and can refuse them as a broken or full disk does. Registered as SQLite's way to files for this whole
/// process; files of which nobody asks for notes are opened as ever.
/// </summary>
internal sealed unsafe partial class RecordedDisk : IDisposable
{
    private const int IoErrorWrite = 10 | (3 << 8);
    private const int IoErrorFlush = 10 | (4 << 8);
    private const int Full = 13;

    // Where the functions are in SQLite's tables of them (sqlite3_vfs, sqlite3_io_methods), in pointers.
    private const int VfsLength = 21;
    private const int Open = 5;
    private const int MethodsLength = 19;
    private const int Write = 3;
    private const int Truncate = 4;
    private const int Flush = 5;

    private static readonly Lock _static = new();
    private static readonly Dictionary<nint, (RecordedDisk Disk, string File)> _files = [];
    private static readonly List<RecordedDisk> _disks = [];
    private static readonly Dictionary<nint, nint> _patched = [];
    private static nint* s_system;
    private static nint* s_methods;

    private readonly Lock _lock = new();
    private readonly List<DiskStep> _steps = [];
    private readonly string _path;

    /// <summary>Notes what is done to the file at <paramref name="path"/> and to its write-ahead log, from when they are opened next.</summary>
    public RecordedDisk(string path)
    {
        _path = path;
        lock (_static)
        {
            Register();
            _disks.Add(this);
        }
    }

    /// <summary>Says of the next step (its number, and whether it is a flush) whether the disk refuses it: null, or <c>true</c> if it says that it is full.</summary>
    public Func<int, bool, bool?>? Refuse { get; set; }

    /// <summary>How many steps there were so far.</summary>
    public int Count
    {
        get
        {
            lock (_lock)
            {
                return _steps.Count;
            }
        }
    }

    /// <summary>The steps so far.</summary>
    public DiskStep[] Steps()
    {
        lock (_lock)
        {
            return [.. _steps];
        }
    }

    public void Dispose()
    {
        lock (_static)
        {
            _disks.Remove(this);
        }
    }

    private static void Register()
    {
        if (s_system != null)
        {
            return;
        }

        s_system = Find(null);
        var own = (nint*)NativeMemory.AllocZeroed(VfsLength, (nuint)sizeof(nint));
        new ReadOnlySpan<nint>(s_system, VfsLength).CopyTo(new Span<nint>(own, VfsLength));
        own[2] = 0; // Next in SQLite's list, which it fills.
        own[3] = Marshal.StringToCoTaskMemUTF8("recorded");
        own[Open] = (nint)(delegate* unmanaged<nint, byte*, nint*, int, int*, int>)&OnOpen;
        if (Add((nint)own, 1) != 0)
        {
            throw new InvalidOperationException("SQLite does not take another way to files.");
        }
    }

    [UnmanagedCallersOnly]
    private static int OnOpen(nint vfs, byte* name, nint* file, int flags, int* outFlags)
    {
        var result = ((delegate* unmanaged<nint, byte*, nint*, int, int*, int>)s_system[Open])(vfs, name, file, flags, outFlags);
        var path = Marshal.PtrToStringUTF8((nint)name);
        lock (_static)
        {
            _files.Remove((nint)file);
            if (result == 0 && _disks.Find(disk => path == disk._path || path == disk._path + "-wal") is { } found)
            {
                _files.Add((nint)file, (found, path![found._path.Length..]));
                *file = Patched(*file);
            }
        }

        return result;
    }

    /// <summary>SQLite's functions for a file with ours in some places. It has several tables, which differ in how a file is locked and not in how it is written.</summary>
    private static nint Patched(nint methods)
    {
        if (!_patched.TryGetValue(methods, out var patched))
        {
            s_methods = (nint*)methods;
            var own = (nint*)NativeMemory.AllocZeroed(MethodsLength, (nuint)sizeof(nint));
            new ReadOnlySpan<nint>(s_methods, MethodsLength).CopyTo(new Span<nint>(own, MethodsLength));
            own[Write] = (nint)(delegate* unmanaged<nint, byte*, int, long, int>)&OnWrite;
            own[Truncate] = (nint)(delegate* unmanaged<nint, long, int>)&OnTruncate;
            own[Flush] = (nint)(delegate* unmanaged<nint, int, int>)&OnFlush;
            _patched.Add(methods, patched = (nint)own);
        }

        return patched;
    }

    [UnmanagedCallersOnly]
    private static int OnWrite(nint file, byte* bytes, int length, long at)
    {
        var (disk, name) = Of(file);
        return disk.Note(new DiskStep(name, new ReadOnlySpan<byte>(bytes, length).ToArray(), at, false))
            ?? ((delegate* unmanaged<nint, byte*, int, long, int>)s_methods[Write])(file, bytes, length, at);
    }

    [UnmanagedCallersOnly]
    private static int OnTruncate(nint file, long length)
    {
        var (disk, name) = Of(file);
        return disk.Note(new DiskStep(name, null, length, false)) ?? ((delegate* unmanaged<nint, long, int>)s_methods[Truncate])(file, length);
    }

    /// <summary>The machine's own disk is not flushed: what a loss of power leaves is made from the notes.</summary>
    [UnmanagedCallersOnly]
    private static int OnFlush(nint file, int flags)
    {
        var (disk, name) = Of(file);
        return disk.Note(new DiskStep(name, null, 0, true)) ?? 0;
    }

    private static (RecordedDisk Disk, string File) Of(nint file)
    {
        lock (_static)
        {
            return _files[file];
        }
    }

    /// <summary>The error that SQLite gets; absent if the step goes on.</summary>
    private int? Note(DiskStep step)
    {
        lock (_lock)
        {
            if (Refuse?.Invoke(_steps.Count, step.IsFlush) is not { } isFull)
            {
                _steps.Add(step);
                return null;
            }

            _steps.Add(step with { Failed = true });
            return isFull ? Full : step.IsFlush ? IoErrorFlush : IoErrorWrite;
        }
    }

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_find", StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint* Find(string? name);

    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_vfs_register")]
    private static partial int Add(nint vfs, int makeDefault);
}
