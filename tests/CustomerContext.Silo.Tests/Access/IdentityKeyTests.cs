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
        var first = DeploymentKey.In(_folder);
        var second = DeploymentKey.In(_folder);

        Assert.True(first.IsNew);
        Assert.False(second.IsNew);
        Assert.Equal(first.KeyId, second.KeyId);
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

        Assert.Equal(areSame, hash.OfEmail(one) == hash.OfEmail(other));
    }

    [Fact]
    public void IdentifierHash_OfOpaqueIds_StaysInsideTheTenant()
    {
        var hash = new IdentifierHash(DeploymentKey.In(_folder));

        Assert.NotEqual(hash.OfOpaque(Acme, "1"), hash.OfOpaque(Globex, "1"));
        Assert.NotEqual(hash.OfOpaque(new TenantId("a"), "b:c"), hash.OfOpaque(new TenantId("a:b"), "c"));
    }
}
