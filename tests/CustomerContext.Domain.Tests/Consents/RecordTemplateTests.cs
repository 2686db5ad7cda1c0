using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>What a repeated look leaves on record is what the first one would have left at that time, byte for byte.</summary>
public sealed class RecordTemplateTests
{
    [Theory]
    [InlineData("2026-03-01T12:00:00Z")]
    [InlineData("2026-03-01T12:00:10Z")]
    [InlineData("2026-03-01T12:00:00.1Z")]
    [InlineData("2026-03-01T12:00:00.0100000Z")]
    [InlineData("2026-03-01T12:00:00.1234567Z")]
    [InlineData("2026-03-01T12:00:00.0000001Z")]
    [InlineData("2026-12-31T23:59:59.9999990+05:30")]
    [InlineData("0001-01-01T00:00:00Z")]
    [InlineData("9999-12-31T23:59:59.9999999Z")]
    public void At_AnyTime_TheBytesOfTheRecordAtThatTime(string time)
    {
        var at = DateTimeOffset.Parse(time, System.Globalization.CultureInfo.InvariantCulture);
        foreach (var record in Records())
        {
            Assert.Equal((record with { At = at }).ToBytes().AsEnumerable(), new RecordTemplate(record).At(at).AsEnumerable());
        }
    }

    /// <summary>A look, one in an interaction whose name looks like a time, one that a conversation opened, and the customer's own.</summary>
    private static IEnumerable<DisclosureRecord> Records()
    {
        foreach (var when in (GrantWhen[])[GrantWhen.AnyTime, GrantWhen.DuringMyConversations])
        {
            var (state, _) = OfAge.With(Terms(when: when));
            foreach (var request in (ReadRequest[])[Read(), Read(interaction: "\"at\":\"2026\"")])
            {
                yield return DisclosureRecord.Of(DisclosureKind.LookUp, request, "agent-7", Ok(ReadRules.Decide(state, request, Talking, Now)), Now);
            }
        }

        var own = new ReadRequest(null, ActorRole.Customer, null, FacetSet.All, null);
        yield return DisclosureRecord.Of(DisclosureKind.LookUp, own, null, Ok(ReadRules.Decide(OfAge.With(Terms()).State, own, null, Now)), Now.AddTicks(1));
    }
}
