using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.V1;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>The brief as a caller sees it: on every answer and frame, in the language asked for, of what is shown alone; and why a facet holds nothing.</summary>
public sealed class BriefTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    [Theory]
    [InlineData("", "en", "Waiting 30 minutes for an answer about delivery.")]
    [InlineData("de-AT", "de", "Wartet seit 30 Minuten auf eine Antwort zum Thema Lieferung.")]
    [InlineData("fr", "fr", "Attend depuis 30 minutes une réponse (sujet : livraison).")]
    public async Task Looks_InALanguage_BriefIsInItsWords(string asked, string language, string headline)
    {
        var email = await MakeWaiting();
        var lookup = Requests.Lookup(email);
        lookup.Language = asked;
        var watching = Requests.Watch(email);
        watching.Language = asked;

        var brief = (await running.Client.Contexts.GetContextAsync(lookup, running.Client.AsAgent())).Brief;
        using var watch = running.Client.Contexts.WatchContext(watching, running.Client.AsAgent());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));

        Assert.Equal((language, headline), (brief.Language, Rounded(brief.Headline)));
        Assert.Equal(("delivery", AttentionKind.UnansweredQuestion), (brief.HeadlineCodes.Topic, brief.HeadlineCodes.Waiting));
        Assert.Equal((language, headline), (watch.ResponseStream.Current.Frame.Brief.Language, Rounded(watch.ResponseStream.Current.Frame.Brief.Headline)));
    }

    [Fact]
    public async Task Looks_LanguageTooLong_Invalid()
    {
        var lookup = Requests.Lookup(RunningSilo.Email);
        lookup.Language = new string('e', 35);
        await running.Client.Contexts.GetContextAsync(lookup, running.Client.AsAgent());

        lookup.Language += "e";
        await Refusals.Invalid("language", () => running.Client.Contexts.GetContextAsync(lookup, running.Client.AsAgent()).ResponseAsync);
    }

    [Fact]
    public async Task Watch_WhatTheBriefSaysChanges_ComesWithTheFrame()
    {
        var email = await MakeWaiting();
        using var watch = running.Client.Contexts.WatchContext(Requests.Watch(email), running.Client.AsAgent());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.DoesNotContain(watch.ResponseStream.Current.Frame.Brief.Points, point => point.Code == BriefPointCode.PleaseDoNot);

        var trait = Requests.Turn(email, "t", 1);
        trait.Trait = new TraitSignal { Name = "please_do_not", Value = "call_before_noon" };
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(trait), running.Client.AsAgent());
        do
        {
            Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (watch.ResponseStream.Current.Frame?.Context.Situation is null);

        var point = watch.ResponseStream.Current.Frame.Brief.Points[0];
        Assert.Equal(
            (BriefPointKind.DoNot, BriefPointCode.PleaseDoNot, Facet.Situation, "Please do not: call before noon", "call_before_noon"),
            (point.Kind, point.Code, point.Facet, point.Text, point.Value));
        Assert.False(point.HasConfidence);
    }

    [Fact]
    public async Task Watch_TheNameThatTheCustomerWants_ComesWithTheNextFrame()
    {
        var email = await MakeWaiting();
        using var watch = running.Client.Contexts.WatchContext(Requests.Watch(email), running.Client.AsAgent(deadline: TimeSpan.FromMinutes(1)));
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Empty(watch.ResponseStream.Current.Frame.Brief.CallMe);

        var named = Requests.Preferences("acme");
        named.Preferences.CallMe = "Jo";
        await running.Client.Consents.SetPreferencesAsync(named, running.Client.AsCustomer(email));
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, "w", 2)), running.Client.AsAgent());

        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
        Assert.Equal("Jo", watch.ResponseStream.Current.Frame.Brief.CallMe);
    }

    [Fact]
    public async Task Looks_NothingKnown_ReasonFollowsFromTheTermsAlone()
    {
        // Of one, another company knows something that is not granted; of the other, nobody knows anything. Acme cannot tell them apart.
        var (known, empty) = ($"{Requests.NewId()}@example.org", $"{Requests.NewId()}@example.org");
        foreach (var email in (string[])[known, empty])
        {
            await running.Client.Consents.SetPreferencesAsync(Requests.Preferences("acme", "globex"), running.Client.AsCustomer(email));
            await running.Client.Consents.CreateGrantAsync(Requests.Grant(), running.Client.AsCustomer(email));
        }

        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(known, "g", 1)), running.Client.AsAgent("globex"));

        var one = await running.Client.Contexts.GetContextAsync(Requests.Lookup(known), running.Client.AsAgent());
        var other = await running.Client.Contexts.GetContextAsync(Requests.Lookup(empty), running.Client.AsAgent());
        Assert.Equal(
            [Facet.Sentiment, Facet.TopOfMind, Facet.Conversations, Facet.Situation], one.Absent.Select(absent => absent.Facet));
        Assert.All(one.Absent, absent => Assert.Equal(AbsenceReason.SourceNotGranted, absent.Reason));
        Assert.Equal(other.Absent, one.Absent);
        Assert.Equal(other.Brief, one.Brief);
        Assert.Equal(AbsenceReason.SourceNotGranted, one.Brief.HeadlineCodes.Absence);

        // The customers themselves get the exact reason.
        var own = await running.Client.Contexts.GetContextAsync(new GetContextRequest { Facets = { Facet.Situation, Facet.Network } }, running.Client.AsCustomer(known));
        Assert.All(own.Absent, absent => Assert.Equal(AbsenceReason.NothingCollected, absent.Reason));
    }

    /// <summary>A customer of acme's whose question has waited for half an hour.</summary>
    private async Task<string> MakeWaiting()
    {
        var email = $"{Requests.NewId()}@example.org";
        await running.Client.MakeCustomer(email, "acme");
        await running.Client.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn(email, "w", 1)), running.Client.AsAgent());
        return email;
    }

    /// <summary>The test may run for some minutes.</summary>
    private static string Rounded(string headline) => System.Text.RegularExpressions.Regex.Replace(headline, "(29|3[0-9]|4[0-9])", "30");
}
