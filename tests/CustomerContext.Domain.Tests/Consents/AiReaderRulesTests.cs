using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Consents.Receipts;
using CustomerContext.Domain.Joins;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>The box of a grant for programs that reason by themselves.</summary>
public sealed class AiReaderRulesTests
{
    private static readonly ReadRequest Ai = Read(role: ActorRole.AiReader, interaction: null) with { Ai = new AiReader("acme-assistant", null) };

    [Fact]
    public void Decide_BoxNotTicked_RefusedAsNobodyIsAndOthersReadOn()
    {
        var (state, grant) = OfAge.With(Terms());

        Assert.Null(grant.AiReaders);
        Assert.Equal(new Refusal(RefusalReason.ConsentRequired), Refused(ReadRules.Decide(state, Ai, null, Now)));
        Assert.Equal(Refused(ReadRules.Decide(ConsentState.None, Ai, null, Now)), Refused(ReadRules.Decide(state, Ai, null, Now)));
        Assert.True(ReadRules.Decide(state, Read(), null, Now).IsOk);
    }

    [Fact]
    public void Decide_BoxTicked_UntilItsEndAndNotAfter()
    {
        var state = OfAge.With(Terms() with { AiReaders = new AiReaders(5, Now.AddDays(2)) }).State;

        Assert.True(ReadRules.Decide(state, Ai, null, Now.AddDays(2).AddTicks(-1)).IsOk);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Ai, null, Now.AddDays(2))).Reason);
        Assert.True(ReadRules.Decide(state, Read(), null, Now.AddDays(2)).IsOk);
    }

    /// <summary>At the limit, one past it, and the day after.</summary>
    [Fact]
    public void Counted_ReadsOfADay_AsManyAsTheBoxSays()
    {
        var state = OfAge.With(Terms() with { AiReaders = new AiReaders(3, null) }).State;
        for (var read = 0; read < 3; read++)
        {
            var before = state.Epoch;
            state = AiReaderRules.Counted(state, Ai, Ok(ReadRules.Decide(state, Ai, null, Now)), Now);
            Assert.True(state.Epoch > before);
        }

        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Ai, null, Now)).Reason);
        Assert.True(ReadRules.Decide(state, Read(), null, Now).IsOk);
        var tomorrow = new DateTimeOffset(Now.UtcDateTime.Date.AddDays(1), TimeSpan.Zero);
        Assert.Equal(RefusalReason.ConsentRequired, Refused(ReadRules.Decide(state, Ai, null, tomorrow.AddTicks(-1))).Reason);
        Assert.Equal(1, AiReaderRules.Counted(state, Ai, Ok(ReadRules.Decide(state, Ai, null, tomorrow)), tomorrow).Grants[0].AiReads!.Count);
    }

    [Fact]
    public void Counted_AnotherReader_NothingCounted()
    {
        var state = OfAge.With(Terms() with { AiReaders = new AiReaders(3, null) }).State;

        Assert.Same(state, AiReaderRules.Counted(state, Read(), Ok(ReadRules.Decide(state, Read(), null, Now)), Now));
    }

    [Theory]
    [InlineData(1, 0, null)]
    [InlineData(1_000, 0, null)]
    [InlineData(0, 0, "terms.ai_readers.daily_read_count")]
    [InlineData(1_001, 0, "terms.ai_readers.daily_read_count")]
    [InlineData(50, 24, null)]
    [InlineData(50, 25, null)]
    [InlineData(50, -1, "terms.ai_readers.until_time")]
    public void CreateGrant_BoxAtTheLimitsAndOnePast_GivenOrRefused(int reads, int hours, string? field)
    {
        var box = new AiReaders(reads, hours == 0 ? null : Now.AddHours(hours));
        var made = ConsentRules.CreateGrant(OfAge, Customer, new CreateGrant("r1", Acme, Terms(until: Now.AddHours(24)) with { AiReaders = box }), Now);

        Assert.Equal(field, made.Refusal?.Field);
        if (made.IsOk)
        {
            Assert.Equal(new AiReaders(reads, hours is 0 or > 24 ? Now.AddHours(24) : box.Until), made.Value.Grant!.AiReaders);
        }
    }

    /// <summary>A code stays good though its box has ended; one that is longer than the grant ends with it.</summary>
    [Theory]
    [InlineData(1, false)]
    [InlineData(3, true)]
    [InlineData(3 * 24 * 60, true)]
    public void RedeemSharingCode_BoxThatEnds_RestIsGiven(int minutes, bool isTicked)
    {
        var terms = Terms(until: Now.AddDays(1)) with { AiReaders = new AiReaders(5, Now.AddMinutes(minutes)) };
        var code = Ok(ConsentRules.CreateSharingCode(OfAge, new CreateSharingCode("c1", Acme, terms, TimeSpan.FromMinutes(5)), Hash("right"), Now)).State;
        var at = Now.AddMinutes(2);

        var grant = Ok(ConsentRules.RedeemSharingCode(code, Customer, new RedeemSharingCode("r1", Agent(), Hash("right")), at, at)).Grant!;

        Assert.Equal(isTicked, grant.AiReaders is not null);
        Assert.True(grant.AiReaders is null || grant.AiReaders.Until <= grant.Until);
        Assert.Equal("terms.ai_readers.until_time", Refused(ConsentRules.CreateSharingCode(
            OfAge, new CreateSharingCode("c2", Acme, terms with { AiReaders = new AiReaders(5, Now) }, TimeSpan.FromMinutes(5)), Hash("x"), Now)).Field);
    }

    [Fact]
    public void UpdateGrant_BoxNamed_TickedAndTakenBack()
    {
        var (state, grant) = OfAge.With(Terms());
        var ticked = Ok(Update(state, grant, Terms() with { AiReaders = new AiReaders(7, null) }, GrantFields.AiReaders)).Grant!;
        var off = Ok(Update(OfAge with { Grants = [ticked] }, ticked, Terms(), GrantFields.AiReaders)).Grant!;

        Assert.Equal(new AiReaders(7, grant.Until), ticked.AiReaders);
        Assert.False(ticked.IsWithin(grant));
        Assert.Null(off.AiReaders);
        Assert.True(off.IsWithin(ticked));
        Assert.NotEmpty(WithdrawalRules.Between(OfAge with { Grants = [ticked] }, OfAge with { Grants = [off] }));
    }

    /// <summary>An old client knows nothing of the box: it neither ticks nor unticks it. A longer grant leaves the box its end, a shorter one ends it.</summary>
    [Fact]
    public void UpdateGrant_BoxNotNamed_AsItWas()
    {
        var (state, grant) = OfAge.With(Terms(until: Now.AddDays(10)) with { AiReaders = new AiReaders(7, null) });
        var other = Ok(Update(state, grant, Terms(FacetSet.Of(Facet.Situation)), GrantFields.None)).Grant!;
        var longer = Ok(Update(state, grant, Terms(until: Now.AddDays(20)), GrantFields.Until)).Grant!;
        var shorter = Ok(Update(state, grant, Terms(until: Now.AddDays(5)), GrantFields.Until)).Grant!;

        Assert.Equal(grant.AiReaders, other.AiReaders);
        Assert.Equal(Now.AddDays(10), longer.AiReaders!.Until);
        Assert.Equal(Now.AddDays(5), shorter.AiReaders!.Until);
    }

    [Fact]
    public void Asked_BoxTicked_RefusedBecauseOnlyTheCustomerTicksIt()
    {
        var terms = new GrantTerms([Support], FacetSet.None, SourceScope.None, null, null, null, AiReaders: new AiReaders(1, null));

        Assert.Equal("terms.ai_readers", Refused(EnrolRules.Asked(terms, Acme, Now)).Field);
        Assert.Null(Ok(EnrolRules.Asked(terms with { AiReaders = null }, Acme, Now)).AiReaders);
    }

    [Fact]
    public void DecideConsent_BoxTickedBesideTheYes_Given()
    {
        var asked = Ok(EnrolRules.Asked(new GrantTerms([Support], FacetSet.None, SourceScope.None, null, null, null), Acme, Now));
        var by = Agent();
        var state = ConsentRules.RequestConsent(OfAge with { Epoch = 1 }, new RequestConsent("aa", by, asked, Now.AddMinutes(30)), Now).State;
        var yes = new DecideConsent("y1", "aa", true, asked with { AiReaders = new AiReaders(2, null) });

        var grant = Ok(ConsentRules.DecideConsent(state, Customer, yes, null, Now, Now)).Grant!;

        Assert.Equal(new AiReaders(2, grant.Until), grant.AiReaders);
        Assert.Null(Ok(ConsentRules.DecideConsent(state, Customer, yes with { Terms = null }, null, Now, Now)).Grant!.AiReaders);
    }

    [Fact]
    public void Record_OfAnAiReader_SaysWhichAndForWhom()
    {
        var state = OfAge.With(Terms() with { AiReaders = new AiReaders(3, null) }).State;
        var request = Ai with { Ai = new AiReader("acme-assistant", "aabb") };
        var record = DisclosureRecord.Of(DisclosureKind.LookUp, request, "ccdd", Ok(ReadRules.Decide(state, request, null, Now)), Now);

        var json = System.Text.Encoding.UTF8.GetString(record.ToBytes().AsSpan());

        Assert.Contains("\"role\":\"AiReader\",\"actor\":\"ccdd\"", json, StringComparison.Ordinal);
        Assert.Contains("\"ai\":{\"client\":\"acme-assistant\",\"on_behalf_of\":\"aabb\"}", json, StringComparison.Ordinal);
        Assert.Equivalent(record, DisclosureRecord.FromBytes(record.ToBytes().AsSpan()), strict: true);
    }

    [Fact]
    public void Receipt_OfAGrantWithTheBox_SaysWhatAiReadersMayDo()
    {
        string MethodOf(GrantTerms terms)
        {
            var grant = OfAge.With(terms).Grant;
            return ReceiptRules.Of(GrantVersion.Of(new ConsentChange(ConsentChangeKind.GrantCreated, grant), Now, Digest.Zero), "me").Processing.Purposes[0].ProcessingMethod;
        }

        Assert.Equal("AnyTime", MethodOf(Terms()));
        Assert.Equal("AnyTime; AI readers: at most 3 reads a day, until 2026-03-02T12:00:00Z", MethodOf(Terms() with { AiReaders = new AiReaders(3, Now.AddDays(1)) }));
    }

    private static Outcome<ConsentStep> Update(ConsentState state, Grant grant, GrantTerms terms, GrantFields fields) =>
        ConsentRules.UpdateGrant(state, new UpdateGrant("u1", grant.Id, terms) { Fields = fields }, Now);
}
