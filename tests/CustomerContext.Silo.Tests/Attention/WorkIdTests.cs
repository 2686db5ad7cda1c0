using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Attention;

namespace CustomerContext.Silo.Tests.Attention;

/// <summary>An id of work leads to its part of the queue, and tells nobody whose it is.</summary>
public sealed class WorkIdTests
{
    private const int Works = 400;

    private static readonly TenantId _acme = new("acme");
    private static readonly CustomerKey _customer = new($"{1:x32}");

    private readonly WorkIds _ids = new([1, 2, 3]);

    [Fact]
    public void QueueOf_AllWorkOfACustomer_IsOnePart()
    {
        var parts = Enumerable.Range(0, Works).Select(number => _ids.QueueOf(_acme, _ids.Of(_acme, _customer, Item(number)))).Distinct();

        Assert.Equal(_ids.QueueOf(_acme, _customer), Assert.Single(parts));
    }

    [Fact]
    public void QueueOf_ManyCustomers_EveryPartIsUsed()
    {
        var parts = Enumerable.Range(0, Works * 2).Select(number => _ids.QueueOf(_acme, new CustomerKey($"{number:x32}"))).Distinct();

        Assert.Equal(WorkIds.QueuesOf(_acme).Order(), parts.Order());
        Assert.Equal(Limits.Attention.QueueParts, WorkIds.QueuesOf(_acme).Count());
    }

    /// <summary>Ids of one customer's works begin like those of as many customers' works.</summary>
    [Fact]
    public void Of_WorksOfOneCustomer_BeginAsDifferentlyAsThoseOfMany()
    {
        var own = Enumerable.Range(0, Works).Select(number => _ids.Of(_acme, _customer, Item(number))[..2]).Distinct().Count();
        var others = Enumerable.Range(0, Works).Select(number => _ids.Of(_acme, new CustomerKey($"{number:x32}"), Item(0))[..2]).Distinct().Count();

        Assert.InRange(own, others - 40, others + 40);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nothing")]
    [InlineData("0123456789ABCDEF0123456789ABCDEF")]
    [InlineData("0123456789abcdef0123456789abcde")]
    [InlineData("0123456789abcdef0123456789abcdef0")]
    public void QueueOf_WhatIsNoId_IsAbsent(string id) => Assert.Null(_ids.QueueOf(_acme, id));

    [Fact]
    public void QueueOf_AnIdOfAnotherCompany_IsMostlyAbsent()
    {
        var found = Enumerable.Range(0, Works).Count(number => _ids.QueueOf(new TenantId("globex"), _ids.Of(_acme, _customer, Item(number))) is not null);

        Assert.InRange(found, 1, Works / 2);
    }

    private static AttentionItem Item(int number) => new(
        AttentionKind.Question, AttentionStage.Waiting, SourceId.Of(_acme, "chat"), $"talk {number}", Role.Customer, DateTimeOffset.UnixEpoch, null, "chat", [], null);
}
