using System.Net;
using CustomerContext.Silo.News;

namespace CustomerContext.Silo.Tests.News;

/// <summary>Which machines a company's receiver may be.</summary>
public sealed class PublicAddressTests
{
    [Theory]
    [InlineData("1.1.1.1", true)]
    [InlineData("9.255.255.255", true)]
    [InlineData("10.0.0.0", false)]
    [InlineData("10.255.255.255", false)]
    [InlineData("11.0.0.0", true)]
    [InlineData("100.64.0.1", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("172.15.255.255", true)]
    [InlineData("172.16.0.0", false)]
    [InlineData("172.31.255.255", false)]
    [InlineData("172.32.0.0", true)]
    [InlineData("192.168.1.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("224.0.0.1", false)]
    [InlineData("255.255.255.255", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("::ffff:1.1.1.1", true)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2606:4700::1111", true)]
    public void Allows_Address_OfThePublicInternetAlone(string address, bool isAllowed)
    {
        Assert.Equal(isAllowed, new PublicAddress(allowsLoopback: false).Allows(IPAddress.Parse(address)));
        Assert.Equal(isAllowed || IPAddress.IsLoopback(IPAddress.Parse(address)), new PublicAddress(allowsLoopback: true).Allows(IPAddress.Parse(address)));
    }

    /// <summary>What counts is where a name leads when it is called.</summary>
    [Fact]
    public async Task Connect_NameOfThisMachine_RefusedOutsideDevelopment()
    {
        using var http = new HttpClient(new SocketsHttpHandler { UseProxy = false, ConnectCallback = new PublicAddress(allowsLoopback: false).Connect });

        var error = await Assert.ThrowsAsync<HttpRequestException>(() => http.GetAsync("http://localhost:1/"));

        Assert.Contains("not on the public internet", $"{error}", StringComparison.Ordinal);
    }
}
