using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>Tickets and proofs of accounts: for whom they were made, what they were made for, and no longer than ten minutes.</summary>
public sealed class AccountSealTests : IDisposable
{
    private static readonly CustomerKey _ann = new("0123456789abcdef0123456789abcdef");
    private static readonly TenantId _network = new("mastodon-example");

    private readonly TempFolder _data = new();
    private readonly FakeTime _time = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Slips_UntilTheyAreOver_CountAndNotAMomentLonger()
    {
        var seal = new AccountSeal(DeploymentKey.In(_data.Path), _time);
        var (ticket, until) = seal.Ticket(_ann, _network);
        var proof = seal.Proof(_ann, _network, "1").Text;
        Assert.Equal(_time.GetUtcNow() + Limits.Identifiers.SlipLifetime, until);

        _time.Advance(Limits.Identifiers.SlipLifetime - TimeSpan.FromMilliseconds(1));
        Assert.Equal(_ann, seal.ReadTicket(ticket, _network).Value);
        Assert.Equal("1", seal.ReadProof(proof, _ann, _network).Value);

        _time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(RefusalReason.CodeNotAccepted, seal.ReadTicket(ticket, _network).Refusal?.Reason);
        Assert.Equal(RefusalReason.CodeNotAccepted, seal.ReadProof(proof, _ann, _network).Refusal?.Reason);
    }

    [Fact]
    public void Slips_LongestNames_FitTheirLimitAndSayNothing()
    {
        var seal = new AccountSeal(DeploymentKey.In(_data.Path), _time);
        var account = string.Concat(Enumerable.Repeat("\U0001F600", Limits.Identifiers.OpaqueLength));
        var network = new TenantId(new string('n', 40));
        var proof = seal.Proof(_ann, network, account).Text;

        Assert.InRange(proof.Length, 1, Limits.Identifiers.SlipLength);
        Assert.NotEqual(proof, seal.Proof(_ann, network, account).Text);
        Assert.Equal(account, seal.ReadProof(proof, _ann, network).Value);
    }

    [Fact]
    public void Slips_OfAnotherDeployment_AreNotAccepted()
    {
        using var elsewhere = new TempFolder();
        var proof = new AccountSeal(DeploymentKey.In(elsewhere.Path), _time).Proof(_ann, _network, "1").Text;

        Assert.False(new AccountSeal(DeploymentKey.In(_data.Path), _time).ReadProof(proof, _ann, _network).IsOk);
    }
}
