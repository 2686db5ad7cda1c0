using CustomerContext.Demo;
using CustomerContext.Silo.Config;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerContext.Silo.Tests.Demo;

public sealed class DemoTests : IDisposable
{
    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Load_ATownOfThirteen_TheFirstOneIsFoundAsTheReadmeSays()
    {
        var options = DemoOptions.Read(["--demo-people", "13", "--data", _data.Path, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText()]);
        await using var app = SiloHost.Build([.. options.Silo], services => services.AddSingleton(options).AddSingleton<DemoStore>().AddHostedService<DemoLoader>());
        await app.Services.StartStorageAsync();
        await app.StartAsync();
        await app.Services.GetServices<IHostedService>().OfType<DemoLoader>().Single().ExecuteTask!.WaitAsync(_longest);

        using var channel = GrpcChannel.ForAddress(app.Urls.First());
        var request = new GetContextRequest
        {
            Subject = new SubjectIdentifier { Email = DemoTown.EmailOf(1) },
            Purpose = "service.support",
            InteractionId = "call-1",
            Facets = { Facet.Sentiment, Facet.Tribes },
        };
        var headers = new Metadata { { "authorization", $"Bearer {DevTokens.In(_data.Path).Sign(DevTokens.Actor("acme"))}" } };
        var answer = await new ContextService.ContextServiceClient(channel).GetContextAsync(request, headers);
        Assert.NotNull(answer.Context);
        await app.StopAsync();
    }

    [Theory]
    [InlineData("12", false)]
    [InlineData("13", true)]
    [InlineData("100000", true)]
    [InlineData("100001", false)]
    [InlineData("many", false)]
    public void Read_People_WithinTheirBounds(string people, bool isGood)
    {
        var error = Record.Exception(() => DemoOptions.Read(["--demo-people", people])) as SiloConfigException;

        Assert.Equal(isGood ? null : "--demo-people must be 13 to 100000", error?.Errors.Single());
    }

    [Fact]
    public void Prepare_FreshOnADemosFolder_IsEmptyButForTheMark()
    {
        string[] silo = ["--data", _data.Path];
        DemoFolder.Prepare(silo, isFresh: false);
        File.WriteAllText(_data.File("town"), "");

        DemoFolder.Prepare(silo, isFresh: false);
        Assert.True(File.Exists(_data.File("town")));
        DemoFolder.Prepare(silo, isFresh: true);
        Assert.Equal([_data.File("demo-town")], Directory.GetFiles(_data.Path));
    }

    [Fact]
    public void Prepare_FreshOnARealStoreOrRedis_IsRefusedAndNothingIsDeleted()
    {
        File.WriteAllText(_data.File("customercontext.db"), "");

        Assert.Throws<SiloConfigException>(() => DemoFolder.Prepare(["--data", _data.Path], isFresh: true));
        Assert.Throws<SiloConfigException>(() => DemoFolder.Prepare(["--data", _data.Path, "--redis", "127.0.0.1:1"], isFresh: true));
        Assert.True(File.Exists(_data.File("customercontext.db")));
    }
}
