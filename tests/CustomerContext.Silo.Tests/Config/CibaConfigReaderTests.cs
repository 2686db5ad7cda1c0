using CustomerContext.Silo.Access;
using CustomerContext.Silo.Ciba;
using CustomerContext.Silo.Config;
using Microsoft.Extensions.Configuration;

namespace CustomerContext.Silo.Tests.Config;

public class CibaConfigReaderTests
{
    /// <summary>An ID token names the client as its audience, so one client for both would make ID tokens good as access tokens.</summary>
    [Theory]
    [InlineData("customercontext-ciba", true)]
    [InlineData(TokenReader.Audience, false)]
    [InlineData("own-audience", false)]
    public void Read_ClientId_IsNoAudienceOfAccessTokens(string clientId, bool isGood)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["CustomerContext:Issuers:0:Issuer"] = "https://login.example",
            ["CustomerContext:Issuers:0:Audience"] = "own-audience",
            ["CustomerContext:Issuers:0:Customers"] = "true",
            ["CustomerContext:Ciba:0:Issuer"] = "https://login.example",
            ["CustomerContext:Ciba:0:ClientId"] = clientId,
            ["CustomerContext:Ciba:0:ClientSecret"] = "secret",
        }).Build();

        var error = Record.Exception(() => CibaConfigReader.Read(configuration, SiloConfigReader.Read(configuration))) as SiloConfigException;

        Assert.Equal(isGood ? [] : ["CustomerContext:Ciba:0:ClientId must not be the Audience of access tokens"], error?.Errors ?? []);
    }
}
