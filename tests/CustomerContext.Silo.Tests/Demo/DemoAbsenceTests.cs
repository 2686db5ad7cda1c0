using CustomerContext.Demo;
using CustomerContext.Silo.Hosting;
using CustomerContext.Storage;
using CustomerContext.Testing;
using CustomerContext.V1;
using Grpc.Core;
using Grpc.Net.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace CustomerContext.Silo.Tests.Demo;

/// <summary>A town of a hundred: whatever a company or the customer is shown, no granted facet is empty without a reason, and every answer begins with a brief.</summary>
public sealed class DemoAbsenceTests : IAsyncLifetime, IDisposable
{
    private const int People = 100;

    private static readonly TimeSpan _longest = TimeSpan.FromSeconds(60);

    private readonly TempFolder _data = new();
    private WebApplication _app = null!;
    private GrpcChannel _channel = null!;

    private ContextService.ContextServiceClient Contexts => new(_channel);

    public async Task InitializeAsync()
    {
        var options = DemoOptions.Read(["--demo-people", $"{People}", "--data", _data.Path, "--grpc", "127.0.0.1:0", "--http", "127.0.0.1:0", "--silo-port", FreePort.NextText()]);
        _app = SiloHost.Build([.. options.Silo], services => services.AddSingleton(options).AddSingleton<DemoStore>().AddHostedService<DemoLoader>());
        await _app.Services.StartStorageAsync();
        await _app.StartAsync();
        await _app.Services.GetServices<IHostedService>().OfType<DemoLoader>().Single().ExecuteTask!.WaitAsync(_longest);
        _channel = GrpcChannel.ForAddress(_app.Urls.First());
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Looks_OfAHundredPeople_NoGrantedFacetIsEmptyWithoutAReason()
    {
        var tokens = DevTokens.In(_data.Path);
        var acme = With(tokens.Sign(DevTokens.Actor("acme")));
        var (answers, absent) = (0, 0);
        for (var number = 1; number <= People; number++)
        {
            var email = DemoTown.EmailOf(number);
            var own = await Contexts.GetContextAsync(new GetContextRequest(), With(tokens.Sign(DevTokens.Customer(email))));
            Check(own);
            Assert.All(own.Absent, one => Assert.True(one.Reason > AbsenceReason.SourceNotGranted, $"{email}: {one}"));

            if (await Look(email, acme) is { } shown)
            {
                Check(shown);
                Assert.All(shown.Absent, one => Assert.InRange(one.Reason, AbsenceReason.NothingKnown, AbsenceReason.SourceNotGranted));
                (answers, absent) = (answers + 1, absent + shown.Absent.Count);
            }
        }

        Assert.InRange(answers, People / 4, People);
        Assert.NotEqual(0, absent);
    }

    [Fact]
    public async Task Look_AtTheFirstOneRightAfterTheLoad_EveryFacetButHelpIsFull()
    {
        var tokens = DevTokens.In(_data.Path);
        var answer = (await Look(DemoTown.EmailOf(1), With(tokens.Sign(DevTokens.Actor("acme")))))!;

        Assert.Empty(answer.Withheld);

        // Of a hundred people some thirty read the same page: how many seem to, and so whether it is shown, hangs on the noise.
        Assert.All(answer.Absent, one => Assert.Equal((Facet.Help, AbsenceReason.NothingKnown), (one.Facet, one.Reason)));
        var context = answer.Context;
        Assert.True(context.Sentiment.HasScore);
        Assert.NotEmpty(context.TopOfMind.Topics);
        Assert.Superset(new HashSet<string> { "mastodon-demo/posts" }, context.Conversations.Latest.Select(one => one.Source).ToHashSet());
        Assert.NotNull(context.Situation.WantedOutcome);
        Assert.NotNull(context.Network.Friends);
        Assert.NotNull(context.Network.Followed);
        Assert.Equal(2, context.Tribes.Joined.Count);
        Assert.NotEmpty(context.Influence.Topics);
        Assert.NotEmpty(context.Attention.Items);
        Assert.NotEmpty(answer.Brief.Points);

        var ties = await new ConsentService.ConsentServiceClient(_channel).ListTiesAsync(new ListTiesRequest(), With(tokens.Sign(DevTokens.Customer(DemoTown.EmailOf(1)))));
        Assert.Contains(ties.Ties, tie => tie.State == TieState.Proposed);
    }

    [Fact]
    public async Task Looks_OfPeopleOfThreeLanguages_WhatTheySayIsReadInEach()
    {
        var tokens = DevTokens.In(_data.Path);
        var told = new Dictionary<string, HashSet<string>>();
        for (var number = 1; number <= People; number++)
        {
            var own = (await Contexts.GetContextAsync(new GetContextRequest(), With(tokens.Sign(DevTokens.Customer(DemoTown.EmailOf(number)))))).Context;
            var language = own.Situation.OtherTraits.Single(trait => trait.Name == "x-language").Value;
            told.TryAdd(language, []);
            told[language].UnionWith(own.Conversations.Latest.SelectMany(one => one.Topics));
        }

        // Nobody sends these topics: they are found in what people say.
        Assert.Equal(["de", "en", "fr"], told.Keys.Order());
        Assert.All(told.Values, topics => Assert.Superset(new HashSet<string> { "defect", "manual" }, topics));
    }

    private async Task<GetContextResponse?> Look(string email, Metadata headers)
    {
        var request = new GetContextRequest { Subject = new SubjectIdentifier { Email = email }, Purpose = "service.support", InteractionId = "call-1" };
        try
        {
            return await Contexts.GetContextAsync(request, headers);
        }
        catch (RpcException error) when (error.StatusCode == StatusCode.PermissionDenied)
        {
            return null; // Did not grant acme anything, or only during conversations.
        }
    }

    private static void Check(GetContextResponse answer)
    {
        var there = Context.Descriptor.Fields.InFieldNumberOrder().Where(field => field.Accessor.HasValue(answer.Context)).Select(field => Enum.Parse<Facet>(field.PropertyName));
        Assert.Equal(Enum.GetValues<Facet>().Except([Facet.Unspecified]), there.Concat(answer.Withheld.Select(one => one.Facet)).Order());
        Assert.Equal(Empty(answer.Context).Order(), answer.Absent.Select(one => one.Facet));
        Assert.InRange(answer.Brief.Headline.Length, 1, 200);
        Assert.InRange(answer.Brief.Points.Count, 0, 5);
    }

    /// <summary>The facets that are there and hold nothing; told from the answer alone.</summary>
    private static IEnumerable<Facet> Empty(Context context)
    {
        (Facet Facet, bool IsEmpty)[] all =
        [
            (Facet.Sentiment, context.Sentiment is { HasScore: false, LastKnown: null, Upstream.Count: 0 }),
            (Facet.TopOfMind, context.TopOfMind is { Topics.Count: 0, Likes.Count: 0, Dislikes.Count: 0 }),
            (Facet.Conversations, context.Conversations is { Latest.Count: 0, Outcomes.Count: 0 }),
            (Facet.Situation, context.Situation is { } situation && new Situation(situation) { AsOfTime = null }.CalculateSize() == 0),
            (Facet.Network, context.Network is { Friends: null, Followed: null }),
            (Facet.Tribes, context.Tribes is { Joined.Count: 0 }),
            (Facet.Influence, context.Influence is { Topics.Count: 0 }),
            (Facet.Help, context.Help is { Resources.Count: 0 }),

            // That nothing waits is something where there are conversations that it could be told of.
            (Facet.Attention, context.Attention is { Items.Count: 0 } && context.Conversations is { Latest.Count: 0 }),
        ];
        return all.Where(one => one.IsEmpty).Select(one => one.Facet);
    }

    private static Metadata With(string token) => new() { { "authorization", $"Bearer {token}" } };
}
