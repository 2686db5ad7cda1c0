using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;

namespace CustomerContext.Silo.Tests.Access;

public sealed class IdentityKeyTests : IDisposable
{
    private static readonly TenantId Acme = new("acme");
    private static readonly TenantId Globex = new("globex");
    private static readonly CustomerKey Customer = new("00112233445566778899aabbccddeeff");

    private readonly string _folder = Directory.CreateTempSubdirectory("customercontext-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void CustomerId_OfTwoTenants_IsNeverTheSame()
    {
        var ids = new CustomerIds(DeploymentKey.In(_folder));

        Assert.NotEqual(ids.For(Acme, Customer), ids.For(Globex, Customer));
        Assert.NotEqual(Customer.Value, ids.For(Acme, Customer));
    }

    [Fact]
    public void CustomerId_ReadByItsTenant_GivesTheCustomer()
    {
        var ids = new CustomerIds(DeploymentKey.In(_folder));

        Assert.Equal(Customer, ids.Read(Acme, ids.For(Acme, Customer)));
        Assert.NotEqual(Customer, ids.Read(Globex, ids.For(Acme, Customer)));
        Assert.Null(ids.Read(Acme, "not an id"));
    }

    [Fact]
    public void DeploymentKey_ReadAgain_IsTheSameAndNotNew()
    {
        var first = Made();
        var second = DeploymentKey.In(_folder);

        Assert.True(first.Stored.IsNew);
        Assert.False(second.Stored.IsNew);
        Assert.Equal(first.Stored.Fingerprints.Single(), second.Stored.Fingerprints.Single());
        Assert.Equal(first.Identifiers.Single().Id, second.Identifiers.Single().Id);
        Assert.Equal(first.Derive("x"), second.Derive("x"));
    }

    [Fact]
    public void DeploymentKey_FileIsNoKey_IsRefusedAndLeftAlone()
    {
        var path = Path.Combine(_folder, "identity.key");
        File.WriteAllText(path, "not a key");

        Assert.Throws<InvalidDataException>(() => DeploymentKey.In(_folder));
        Assert.Equal("not a key", File.ReadAllText(path));
    }

    [Theory]
    [InlineData("a@Example.ORG", "a@example.org", true)]
    [InlineData("A@example.org", "a@example.org", false)]
    public void IdentifierHash_OfEmails_IgnoresTheCaseOfTheDomainOnly(string one, string other, bool areSame)
    {
        var hash = new IdentifierHash(DeploymentKey.In(_folder));

        Assert.Equal(areSame, hash.OfEmail(one).Current == hash.OfEmail(other).Current);
    }

    [Fact]
    public void IdentifierHash_OfOpaqueIds_StaysInsideTheTenant()
    {
        var hash = new IdentifierHash(DeploymentKey.In(_folder));

        Assert.NotEqual(hash.OfOpaque(Acme, "1").Current, hash.OfOpaque(Globex, "1").Current);
        Assert.NotEqual(hash.OfOpaque(new TenantId("a"), "b:c").Current, hash.OfOpaque(new TenantId("a:b"), "c").Current);
    }

    [Fact]
    public void DeploymentKey_ALineAdded_HashesAnewAndKeepsEverythingElse()
    {
        var (before, path) = (Made(), Path.Combine(_folder, "identity.key"));
        File.AppendAllText(path, new string('7', 64) + "\n");
        var after = DeploymentKey.In(_folder);

        var (old, now) = (new IdentifierHash(before).OfPhone("+31201234567"), new IdentifierHash(after).OfPhone("+31201234567"));
        Assert.NotEqual(old.Current, now.Current);
        Assert.Equal(old.Current, Assert.Single(now.Older));
        Assert.Equal(before.Derive("x"), after.Derive("x"));
        Assert.Equal(new CustomerIds(before).For(Acme, Customer), new CustomerIds(after).For(Acme, Customer));
        Assert.Equal(new IdentifierHash(before).Nobody("x"), new IdentifierHash(after).Nobody("x"));
    }

    [Fact]
    public void SecretCodes_SameRequest_SameCodeOfEightDigitsAndAnotherHashForAnybodyElse()
    {
        var codes = new SecretCodes(DeploymentKey.In(_folder));
        var other = new CustomerKey("ffeeddccbbaa99887766554433221100");

        Assert.Matches("^[0-9]{8}$", codes.Make(Customer, "r1"));
        Assert.Equal(codes.Make(Customer, "r1"), codes.Make(Customer, "r1"));
        Assert.NotEqual(codes.Make(Customer, "r1"), codes.Make(Customer, "r2"));
        Assert.NotEqual(codes.Hash(Customer, "12345678"), codes.Hash(other, "12345678"));
        Assert.Equal("12345678", SecretCodes.Digits("1234 56-78"));
    }

    private DeploymentKey Made()
    {
        var key = DeploymentKey.In(_folder);
        key.Stored.Save();
        return key;
    }
}
