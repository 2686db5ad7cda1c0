using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Ciba;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Consents;

public class DevicePausesTests
{
    private static readonly TenantId _acme = new("acme");
    private static readonly TenantId _globex = new("globex");
    private static readonly CustomerKey _me = new("me");

    private readonly FakeTime _time = new(new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly DevicePauses _pauses;

    public DevicePausesTests() => _pauses = new DevicePauses(_time);

    [Fact]
    public void TryBegin_WhileAnotherQuestionIsOnTheDevice_NotAsked()
    {
        Assert.True(_pauses.TryBegin(_me, _acme));
        Assert.False(_pauses.TryBegin(_me, _acme));
        Assert.False(_pauses.TryBegin(_me, _globex));

        _pauses.Ended(_me, _acme, CibaOutcome.Approved);
        Assert.True(_pauses.TryBegin(_me, _acme));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TryBegin_AfterANoOrNoAnswer_ThatCompanyWaits(bool isNo)
    {
        var outcome = isNo ? CibaOutcome.Refused : CibaOutcome.Over;
        Assert.True(_pauses.TryBegin(_me, _acme));
        _pauses.Ended(_me, _acme, outcome);
        Assert.True(_pauses.TryBegin(_me, _globex));
        _pauses.Ended(_me, _globex, CibaOutcome.Approved);

        _time.Advance((isNo ? Limits.Ciba.PauseAfterNo : Limits.Ciba.Pause) - TimeSpan.FromTicks(1));
        Assert.False(_pauses.TryBegin(_me, _acme));
        _time.Advance(TimeSpan.FromTicks(1));
        Assert.True(_pauses.TryBegin(_me, _acme));
    }

    [Fact]
    public void TryBegin_OneMoreCustomerThanATenantMayHaveAsked_NotAskedAndAnothersAre()
    {
        Assert.All(Enumerable.Range(0, Limits.Ciba.AskingPerTenant), i => Assert.True(_pauses.TryBegin(new CustomerKey($"c{i}"), _acme)));

        Assert.False(_pauses.TryBegin(_me, _acme));
        Assert.True(_pauses.TryBegin(_me, _globex));
        _pauses.Ended(new CustomerKey("c0"), _acme, CibaOutcome.Approved);
        Assert.True(_pauses.TryBegin(new CustomerKey("c0"), _acme));
    }
}
