using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;

try
{
    if (args.Contains("--help"))
    {
        await Console.Out.WriteAsync(SettingTable.Help);
        return 0;
    }

    if (await StoreCommands.Run(args) || await ClusterCommand.Run(args))
    {
        return 0;
    }

    await using var app = SiloHost.Build(args);
    await app.Services.StartStorageAsync();
    await app.RunAsync();
    return Environment.ExitCode; // A store that must not go on, or a silo that the cluster gave up, has set it.
}
catch (Exception error) when (error is SiloConfigException or StorageStartException or InvalidDataException or IOException or UnauthorizedAccessException)
{
    // What an operator can mend is told in a line; anything else is a fault and keeps its stack.
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
