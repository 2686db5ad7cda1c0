using CustomerContext.Web.Hosting;

try
{
    var app = WebHost.Build(args);
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (error is WebConfigException or IOException)
{
    await Console.Error.WriteLineAsync(error.Message);
    return 1;
}
