using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using CustomerContext.Grains.Customers;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Groups;

/// <summary>A tribe asks its members, who answer with a survey signal, which fills the stratum of those who never write.</summary>
public sealed class PanelTests : IAsyncLifetime, IDisposable
{
    private const string Support = "service.support";
    private const string Tribe = "e-bikers";

    private static readonly CustomerKey _me = new($"{1:x32}");

    private readonly TempFolder _data = new();
    private readonly JumpingTime _calendar = new();
    private GroupSilo _silo = null!;

    public async Task InitializeAsync() => _silo = await GroupSilo.Start(_data.Path, _calendar);

    public Task DisposeAsync() => _silo.DisposeAsync().AsTask();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task NextRequests_AfterARelease_AskedOnceAndTheAnswerIsCountedAmongTheSilent()
    {
        await BeMember(ask: true);
        Assert.Null((await Waits()).Question);

        await Release();
        var question = (await Waits()).Question!;
        Assert.Equal(new TribeId(Tribe), question.Tribe);
        Assert.Equal(_calendar.GetUtcNow().AddDays(Limits.Panels.OpenDays), question.Until);

        await _silo.Publish(_me, ((SurveySignal)_silo.Answer(1, question.Topic)) with { PanelQuestion = question.Id });
        await _silo.Settled(_me);

        Assert.Null((await Waits()).Question);
        var voice = Assert.Single(await _silo.StoredTribe(Tribe, Support)).Contribution;
        Assert.Equal((-50, Stratum.Silent), (voice.Score, voice.Stratum));
    }

    [Fact]
    public async Task NextRequests_NotAnswered_LapsesAndTheNextOneComesAMonthLater()
    {
        await BeMember(ask: true);
        await Release();
        var first = (await Waits()).Question!;

        _calendar.JumpTo(first.Until);
        Assert.Null((await Waits()).Question);

        _calendar.JumpTo(first.AskedAt.AddDays(Limits.Panels.EveryDays));
        await Release();
        Assert.NotEqual(first.Id, (await Waits()).Question!.Id);
    }

    [Fact]
    public async Task NextRequests_WithoutTheAskYes_NeverAsked()
    {
        await BeMember(ask: false);
        await Release();

        Assert.Null((await Waits()).Question);
    }

    private async Task BeMember(bool ask)
    {
        var preferences = new Preferences(SourceScope.Of([new TenantId("acme")], [SourceId.Customer]), [new Purpose(Support)], false, ask, true, false);
        Assert.Null((await _silo.Customer(_me).SetPreferences(new SetPreferences("p", preferences))).Refusal);
        await _silo.Publish(_me, _silo.Join(Tribe));
        await _silo.Settled(_me);
    }

    /// <summary>The tribe's next release time comes.</summary>
    private async Task Release()
    {
        var group = GroupId.Tribe(Tribe, new Audience(Support));
        _calendar.JumpTo(ReleaseClock.Next(_silo.Secret.ReleaseMinute(group), Cadence.Daily, _calendar.GetUtcNow()));
        await _silo.Remind(group);
    }

    /// <summary>What waits now: other than something that nobody knows, and so at once.</summary>
    private async Task<WhatWaits> Waits() => (await _silo.Customer(_me).NextRequests(["unknown"])).Value!;
}
