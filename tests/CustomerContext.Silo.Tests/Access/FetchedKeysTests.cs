using System.Security.Cryptography;
using CustomerContext.Domain;
using CustomerContext.Silo.Access;
using CustomerContext.Testing;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>An issuer changes its keys, fails, and is asked too often.</summary>
public sealed class FetchedKeysTests
{
    private readonly FakeTime _time = new();
    private readonly FetchedKeys _keys;
    private string[] _shown = ["k1"];
    private bool _fails;
    private int _asked;

    public FetchedKeysTests() => _keys = new FetchedKeys("https://login.example.org", Fetch, Metrics.New(), _time, NullLogger<FetchedKeys>.Instance);

    [Fact]
    public async Task For_KnownKey_AskedOnce()
    {
        Assert.True((await _keys.For("k1"))!.Has("k1"));
        Assert.True((await _keys.For("k1"))!.Has("k1"));
        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task For_KeyOfARotation_FetchedAtOnceButNotTwiceWithinTheInterval()
    {
        await _keys.For("k1");
        _time.Advance(Limits.Access.KeyFetchEvery - TimeSpan.FromTicks(1));
        _shown = ["k2"];
        Assert.False((await _keys.For("k2"))!.Has("k2"));
        Assert.Equal(1, _asked);

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True((await _keys.For("k2"))!.Has("k2"));
        Assert.False((await _keys.For("k1"))!.Has("k1"));
        Assert.Equal(2, _asked);
    }

    [Fact]
    public async Task For_ManyAtOnceForAnUnknownKey_OneFetch()
    {
        await Task.WhenAll(Enumerable.Range(0, 50).Select(i => _keys.For($"no-{i}").AsTask()));

        Assert.Equal(1, _asked);
    }

    [Fact]
    public async Task For_IssuerFails_OldKeysStayGoodForTheirTimeAndNotLonger()
    {
        await _keys.For("k1");
        _fails = true;
        _time.Advance(Limits.Access.KeysGoodFor - TimeSpan.FromTicks(1));
        Assert.NotNull(await _keys.For("k1"));

        _time.Advance(TimeSpan.FromTicks(1));
        Assert.Null(await _keys.For("k1"));
    }

    [Fact]
    public async Task For_IssuerGoesOnFailing_RestsGrowToTheirLongest()
    {
        _fails = true;
        var rest = Limits.Access.KeyFetchEvery;
        await _keys.For("k1");
        for (var asked = 1; asked < 9; asked++)
        {
            Assert.Equal(asked, _asked);
            _time.Advance(rest - TimeSpan.FromTicks(1));
            await _keys.For("k1");
            Assert.Equal(asked, _asked);
            _time.Advance(TimeSpan.FromTicks(1));
            await _keys.For("k1");
            rest = rest * 2 < Limits.Access.KeyFetchRest ? rest * 2 : Limits.Access.KeyFetchRest;
        }

        _fails = false;
        _time.Advance(Limits.Access.KeyFetchRest);
        Assert.NotNull(await _keys.For("k1"));
    }

    private Task<OpenIdConnectConfiguration> Fetch()
    {
        _asked++;
        var found = new OpenIdConnectConfiguration();
        foreach (var id in _shown)
        {
            found.SigningKeys.Add(new ECDsaSecurityKey(ECDsa.Create()) { KeyId = id });
        }

        return _fails ? throw new HttpRequestException() : Task.FromResult(found);
    }
}
