using System.Globalization;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Benchmarks.Serving;

/// <summary>The server's process: the silo as it ships, and the baselines behind the same doors.</summary>
internal static class ServerHost
{
    /// <summary>What the server says first, followed by the address of its gRPC door.</summary>
    public const string ReadyMark = "ready ";

    /// <summary>Runs until standard input ends, which it does when the benchmark's process does.</summary>
    public static async Task Run(string redis, string[] siloArguments)
    {
        await using var app = SiloHost.Build(
            siloArguments,
            services => services.AddSingleton(_ => new RedisBaseline(redis)).AddSingleton<SqliteBaseline>().AddSingleton<BaselineApi>());
        app.MapGrpcService<BaselineApi>();
        await app.Services.StartStorageAsync();
        await app.StartAsync();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{ReadyMark}{app.Urls.First()}"));
        await Console.In.ReadToEndAsync();
        await app.StopAsync();
    }
}
