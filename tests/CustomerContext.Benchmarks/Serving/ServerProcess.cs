using System.Diagnostics;
using CustomerContext.Testing;

namespace CustomerContext.Benchmarks.Serving;

/// <summary>A <see cref="ServerHost"/> in a process of its own, with its Redis and its data folder; all of it goes when this is disposed of.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan _startTimeout = TimeSpan.FromMinutes(2);

    private readonly DirectoryInfo _data = Directory.CreateTempSubdirectory("customercontext-benchmark-");
    private readonly RedisServer _redis;
    private Process _process = null!;

    private ServerProcess(RedisServer redis) => _redis = redis;

    /// <summary>Where gRPC listens.</summary>
    public string Address { get; private set; } = "";

    /// <summary>The silo's data folder, where its keys lie.</summary>
    public string DataFolder => _data.FullName;

    /// <summary>Starts everything; ready when this returns.</summary>
    /// <param name="store">Where the silo keeps everything. Redis runs in either case, for the baselines.</param>
    /// <param name="fsync">Redis' <c>appendfsync</c>.</param>
    /// <param name="isProfiled">True if the server names its compiled methods for perf, which costs it some time.</param>
    public static async Task<ServerProcess> Start(Store store, string fsync, bool isProfiled = false)
    {
        // A rewrite of the append-only file would hit one case and not the next.
        var redis = await RedisServer.Start("--appendonly", "yes", "--appendfsync", fsync, "--auto-aof-rewrite-percentage", "0");
        var server = new ServerProcess(redis);
        try
        {
            await server.Run(store, isProfiled);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The server's process.</summary>
    public int ProcessId => _process.Id;

    /// <summary>Processor time used so far, by the server and by Redis.</summary>
    public (TimeSpan Server, TimeSpan Redis) ProcessorTime()
    {
        using var redis = Process.GetProcessById(_redis.ProcessId);
        _process.Refresh();
        return (_process.TotalProcessorTime, redis.TotalProcessorTime);
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        await _process.WaitForExitAsync();
        _process.Dispose();
        await _redis.DisposeAsync();
        _data.Delete(recursive: true);
    }

    private async Task Run(Store store, bool isProfiled)
    {
        string[] arguments =
        [
            "host", _redis.EndPoint, "--data", _data.FullName, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0",
            "--silo-port", FreePort.NextText(), "--development", "--Logging:LogLevel:Default=Warning",
            .. store == Store.Redis ? (string[])["--redis", _redis.EndPoint] : [],
        ];
        var start = new ProcessStartInfo(Environment.ProcessPath!, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        // As the silo has it by its SDK and its project file.
        start.Environment["DOTNET_gcServer"] = "1";
        start.Environment["DOTNET_ThreadPool_UnfairSemaphoreSpinLimit"] = "0";
        if (isProfiled)
        {
            // The second turns off the second mapping of compiled code, which perf does not know.
            start.Environment["DOTNET_PerfMapEnabled"] = "1";
            start.Environment["DOTNET_EnableWriteXorExecute"] = "0";
        }

        _process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(_startTimeout, TimeProvider.System);
        while (await _process.StandardOutput.ReadLineAsync(patience.Token) is { } line)
        {
            if (line.StartsWith(ServerHost.ReadyMark, StringComparison.Ordinal))
            {
                Address = line[ServerHost.ReadyMark.Length..];
                _ = _process.StandardOutput.ReadToEndAsync(CancellationToken.None); // So that it never waits for a reader.
                return;
            }
        }

        throw new InvalidOperationException("The server ended before it was ready.");
    }

}

/// <summary>Where the silo keeps everything.</summary>
internal enum Store
{
    /// <summary>The embedded file.</summary>
    Sqlite,

    /// <summary>A redis-server.</summary>
    Redis,
}
