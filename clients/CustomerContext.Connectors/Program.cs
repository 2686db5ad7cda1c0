using CustomerContext.Cli.Tokens;
using CustomerContext.Connectors.Hosting;

try
{
    var app = ConnectorHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (error is ConnectorConfigException or MissingKeyException or IOException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
