using CustomerContext.Domain.Attention;

namespace CustomerContext.Domain.Tests.Attention;

/// <summary>Who of a company could answer.</summary>
public sealed class RosterTests
{
    private static readonly Roster _roster = new(
    [
        Entry("Partner", RosterKind.Partner, "router", "app"),
        Entry("Network team", RosterKind.Employee, "router"),
        Entry("Billing", RosterKind.Employee, "billing"),
        Entry("Field service", RosterKind.Partner, "router"),
        Entry("Night shift", RosterKind.Employee, "app", "router"),
    ]);

    [Theory]
    [InlineData("router", "Network team, Night shift, Partner")]
    [InlineData("app router", "Night shift, Partner, Network team")]
    [InlineData("billing refund", "Billing")]
    [InlineData("refund", "")]
    [InlineData("", "")]
    public void For_Topics_MoreSharedTopicsThenOwnPeopleThenAsWritten(string topics, string names) =>
        Assert.Equal(names, string.Join(", ", _roster.For([.. topics.Split(' ', StringSplitOptions.RemoveEmptyEntries)]).Select(entry => entry.Name)));

    [Fact]
    public void For_NobodyOnTheRoster_IsNobody() => Assert.Empty(Roster.Nobody.For(["router"]));

    private static RosterEntry Entry(string name, RosterKind kind, params string[] topics) => new(name, kind, "", [.. topics]);
}
