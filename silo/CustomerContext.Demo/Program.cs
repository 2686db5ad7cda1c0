using CustomerContext.Demo;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;

try
{
    if (args.Contains("--help"))
    {
        await Console.Out.WriteAsync(DemoOptions.Help + SettingTable.Help);
        return 0;
    }

    var options = DemoOptions.Read(args);
    DemoFolder.Prepare(options.Silo, options.IsFresh);
    await using var app = SiloHost.Build([.. options.Silo], services => services
        .AddSingleton(options)
        .AddSingleton<DemoStore>()
        .AddHostedService<DemoLoader>());
    await app.Services.StartStorageAsync();
    await app.RunAsync();
    return Environment.ExitCode;
}
catch (Exception error) when (error is SiloConfigException or StorageStartException or InvalidDataException or IOException or UnauthorizedAccessException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
