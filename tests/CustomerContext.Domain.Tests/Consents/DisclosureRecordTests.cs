using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using static CustomerContext.Domain.Tests.Consents.Given;

namespace CustomerContext.Domain.Tests.Consents;

/// <summary>The bytes are hashed into chains that people hold heads of, so they stay as they are.</summary>
public sealed class DisclosureRecordTests
{
    [Fact]
    public void ToBytes_LookUp_PinnedAndReadBack()
    {
        var (state, grant) = OfAge.With(Terms(FacetSet.Of(Facet.Sentiment, Facet.Help), sources: [GlobexShop]));
        var request = Read(FacetSet.All);
        var record = DisclosureRecord.Of(DisclosureKind.LookUp, request, "agent-7", Ok(ReadRules.Decide(state, request, null, Now)), Now);

        var text = Encoding.UTF8.GetString(record.ToBytes().AsSpan());

        Assert.Equal(
            $$"""
            {"kind":"LookUp","at":"2026-03-01T12:00:00Z","role":"Person","actor":"agent-7","tenant":"acme","purpose":"service.support","interaction":"call-1","slices":[{"facets":["Sentiment","Help"],"sources":["globex/shop"],"grants":["{{grant.Id}}"]}]}
            """,
            text);
        Assert.Equal(text, RoundTrip(record));
    }

    [Fact]
    public void ToBytes_LookWhileTheyTalk_SaysWhatOpenedItPinnedAndReadBack()
    {
        var (state, grant) = OfAge.With(Terms(FacetSet.Of(Facet.Sentiment, Facet.Attention), GrantWhen.DuringMyConversations));
        var request = Read(FacetSet.All);
        var talk = new TalkTimes(Chat(Now.AddHours(1)), Question(Now.AddDays(9)));
        var record = DisclosureRecord.Of(DisclosureKind.LookUp, request, "agent-7", Ok(ReadRules.Decide(state, request, talk, Now)), Now);

        var text = Encoding.UTF8.GetString(record.ToBytes().AsSpan());

        Assert.Equal(
            $$$$"""
            {"kind":"LookUp","at":"2026-03-01T12:00:00Z","role":"Person","actor":"agent-7","tenant":"acme","purpose":"service.support","interaction":"call-1","slices":[{"facets":["Sentiment","Attention"],"sources":["acme/*"],"grants":["{{{{grant.Id}}}}"]}],"opened":[{"facets":["Sentiment"],"by":{"kind":"Conversation","source":"acme/crm","conversation":"chat-1"}},{"facets":["Attention"],"by":{"kind":"Question","source":"acme/crm","conversation":"chat-1"}}]}
            """,
            text);
        Assert.Equal(text, RoundTrip(record));
    }

    /// <summary>The record of a watch's end goes to the linked login as it is.</summary>
    [Fact]
    public void Of_TheEndOfAWatch_NamesNoConversation()
    {
        var (state, _) = OfAge.With(Terms(FacetSet.Of(Facet.Sentiment), GrantWhen.DuringMyConversations));
        var request = Read(FacetSet.All);
        var decision = Ok(ReadRules.Decide(state, request, new TalkTimes(Chat(Now.AddHours(1))), Now));

        Assert.NotNull(DisclosureRecord.Of(DisclosureKind.WatchOpened, request, "agent-7", decision, Now, "w").Opened);
        Assert.Null(DisclosureRecord.Of(DisclosureKind.WatchClosed, request, "agent-7", decision, Now, "w").Opened);
    }

    [Fact]
    public void ToBytes_ChangeOfPreferences_PinnedAndReadBack()
    {
        var wanted = Preferences.Off with { OfAge = true, Collect = SourceScope.Of([Acme], [GlobexShop]), Contribute = [Support] };
        var step = Ok(ConsentRules.SetPreferences(ConsentState.None, new SetPreferences("p1", wanted)));
        var record = DisclosureRecord.Of(step.Change!, Now.ToOffset(TimeSpan.FromHours(2)));

        var text = Encoding.UTF8.GetString(record.ToBytes().AsSpan());

        Assert.Equal(
            """
            {"kind":"ConsentChanged","at":"2026-03-01T12:00:00Z","role":"Customer","slices":[],"change":{"kind":"PreferencesSet","preferences":{"collect":["acme/*","globex/shop"],"contribute":["service.support"],"publish":false,"ask":false,"of_age":true,"leave_me_alone":false}}}
            """,
            text);
        Assert.Equal(text, RoundTrip(record));
    }

    [Fact]
    public void ToBytes_ChangeOfAGrant_PinnedAndReadBack()
    {
        var terms = Terms(FacetSet.Of(Facet.Help), GrantWhen.ThisCallOnly, interaction: "call-1", until: Now.AddHours(1));
        var step = Ok(ConsentRules.CreateGrant(OfAge, Customer, new CreateGrant("r1", Acme, terms), Now));
        var record = DisclosureRecord.Of(step.Change!, Now);

        var text = Encoding.UTF8.GetString(record.ToBytes().AsSpan());

        Assert.Equal(
            $$$$"""
            {"kind":"ConsentChanged","at":"2026-03-01T12:00:00Z","role":"Customer","tenant":"acme","slices":[],"change":{"kind":"GrantCreated","grant":{"id":"{{{{step.Grant!.Id}}}}","tenant":"acme","purposes":["service.support"],"facets":["Help"],"sources":["acme/*"],"from":"2026-03-01T12:00:00Z","until":"2026-03-01T13:00:00Z","when":"ThisCallOnly","interaction":"call-1","include_earlier":false,"created_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-01T12:00:00Z","version":1,"show_where":false,"preset":"when-we-talk","preset_version":2}}}
            """,
            text);
        Assert.Equal(text, RoundTrip(record));
    }

    [Fact]
    public void FromBytes_GrantFromBeforeVersions_IsVersionOne()
    {
        const string old =
            """
            {"kind":"ConsentChanged","at":"2026-03-01T12:00:00Z","role":"Customer","tenant":"acme","slices":[],"change":{"kind":"GrantCreated","grant":{"id":"g1","tenant":"acme","purposes":["service.support"],"facets":["Help"],"sources":[],"from":"2026-03-01T12:00:00Z","until":"2026-03-01T13:00:00Z","when":"AnyTime","include_earlier":false,"created_at":"2026-03-01T12:00:00Z","updated_at":"2026-03-01T12:00:00Z"}}}
            """;

        Assert.Equal(1, DisclosureRecord.FromBytes(Encoding.UTF8.GetBytes(old)).Change!.Grant!.Version);
    }

    [Fact]
    public void ToBytes_ChangeByATenant_PinnedAndReadBack()
    {
        var record = DisclosureRecord.Of(new ConsentChange(ConsentChangeKind.Requested, By: Agent()), Now);

        var text = Encoding.UTF8.GetString(record.ToBytes().AsSpan());

        Assert.Equal(
            """
            {"kind":"ConsentChanged","at":"2026-03-01T12:00:00Z","role":"Person","actor":"a9","tenant":"acme","interaction":"call-1","slices":[],"change":{"kind":"Requested"}}
            """,
            text);
        Assert.Equal(text, RoundTrip(record));
    }

    private static string RoundTrip(DisclosureRecord record) =>
        Encoding.UTF8.GetString(DisclosureRecord.FromBytes(record.ToBytes().AsSpan()).ToBytes().AsSpan());
}
