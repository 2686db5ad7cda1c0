using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Grains.Customers;
using CustomerContext.Silo.Tests.Attention;
using CustomerContext.Silo.Tests.Consents;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using ActorRole = CustomerContext.Domain.Consents.ActorRole;
using Facet = CustomerContext.V1.Facet;
using GrantWhen = CustomerContext.V1.GrantWhen;

namespace CustomerContext.Silo.Tests.Contexts;

/// <summary>A look that was answered a moment ago is answered from memory: never with anything but what would be answered anew, and each time on record.</summary>
public sealed class RepeatedLookTests : IAsyncLifetime
{
    private const string Ann = "ann@example.org";

    private static readonly Facet[] _all = [.. System.Enum.GetValues<Facet>().Where(facet => facet != Facet.Unspecified)];

    private static readonly Method<GetContextRequest, byte[]> _get = new(
        MethodType.Unary,
        ContextService.Descriptor.FullName,
        "GetContext",
        Marshallers.Create((GetContextRequest request) => request.ToByteArray(), GetContextRequest.Parser.ParseFrom),
        Marshallers.Create((byte[] answer) => answer, answer => answer));

    private SiloOnFakeTime _silo = null!;
    private GrpcChannel _channel = null!;

    public async Task InitializeAsync()
    {
        _silo = await SiloOnFakeTime.Start();
        _channel = GrpcChannel.ForAddress(_silo.Grpc);
        await Waiting.Make(_silo, Ann, _all);
        await Publish("a");
    }

    public async Task DisposeAsync()
    {
        _channel.Dispose();
        await _silo.DisposeAsync();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("de")]
    [InlineData("fr")]
    public async Task GetContext_Again_TheBytesOfTheMessageAndARecordOfItsOwn(string language)
    {
        var answers = new List<GetContextResponse>();
        for (var look = 0; look < 3; look++)
        {
            _silo.Time.Advance(TimeSpan.FromSeconds(1));
            var bytes = await Bytes(language);
            answers.Add(GetContextResponse.Parser.ParseFrom(bytes));
            Assert.Equal(answers[^1].ToByteArray(), bytes);
        }

        // An answer of a batch is built as a message.
        var batch = new BatchGetContextsRequest { Subjects = { Request().Subject }, Purpose = SiloOnFakeTime.Purpose, Facets = { _all }, InteractionId = "call-1", Language = language };
        var built = (await _silo.Contexts.BatchGetContextsAsync(batch, _silo.AsAgent)).Results.Single().Answer;
        Assert.Equal(_all.Length, Context.Descriptor.Fields.InFieldNumberOrder().Count(field => field.Accessor.HasValue(built.Context)));
        Assert.All(answers, answer => Assert.Equal(built, new GetContextResponse(answer) { DisclosureId = built.DisclosureId }));

        var records = (await _silo.Consents.ListDisclosuresAsync(new ListDisclosuresRequest { PageSize = 10 }, _silo.As(Ann))).Disclosures;
        Assert.Equal([built.DisclosureId, .. answers.Select(answer => answer.DisclosureId).Reverse()], records.Take(4).Select(record => record.DisclosureId));
        Assert.Equal([1, 1], records.Skip(1).Take(3).Zip(records.Skip(2).Take(2), (later, earlier) => (later.DiscloseTime - earlier.DiscloseTime).ToTimeSpan().TotalSeconds));
    }

    [Fact]
    public async Task Look_NothingHasChanged_TheSameAnswer()
    {
        Assert.Same((await Look()).Brief, (await Look()).Brief);
        Assert.NotSame((await Look()).Brief, (await Look("another")).Brief);
    }

    [Theory]
    [InlineData("signal")]
    [InlineData("consent")]
    [InlineData("tie")]
    [InlineData("minute")]
    public async Task Look_SomethingHasChanged_AnsweredAnew(string change)
    {
        var before = await Look();

        switch (change)
        {
            case "signal":
                await Publish("b");
                break;
            case "consent":
                await _silo.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = "x", Tenant = "globex", Terms = SiloOnFakeTime.Terms() }, _silo.As(Ann));
                break;
            case "tie":
                await Publish("t", signal => signal.Membership = new MembershipSignal { TribeId = "e-bikers", Change = MembershipChange.Joined });
                break;
            case "minute":
                _silo.Time.Advance(TimeSpan.FromMinutes(1));
                break;
        }

        Assert.NotSame(before.Brief, (await Look()).Brief);
    }

    [Fact]
    public async Task GetContext_AGrantThatGaveAReasonEnds_TheReasonIsAnotherAtOnce()
    {
        const string email = "reason@example.org";
        var until = _silo.Time.GetUtcNow().AddSeconds(20);
        await Waiting.Make(_silo, email, Facet.Situation);
        var terms = SiloOnFakeTime.Terms(GrantWhen.DuringMyConversations, until);
        terms.Facets[0] = Facet.Sentiment;
        await _silo.Consents.CreateGrantAsync(new CreateGrantRequest { RequestId = "w", Tenant = "acme", Terms = terms }, _silo.As(email));
        Assert.Equal(V1.WithheldReason.NoOpenConversation, await ReasonOf(Facet.Sentiment));

        _silo.Time.AdvanceTo(until.AddTicks(-1));
        Assert.Equal(V1.WithheldReason.NoOpenConversation, await ReasonOf(Facet.Sentiment));
        _silo.Time.AdvanceTo(until);
        Assert.Equal(V1.WithheldReason.NotGranted, await ReasonOf(Facet.Sentiment));

        async Task<V1.WithheldReason> ReasonOf(Facet facet) =>
            (await _silo.Contexts.GetContextAsync(Request(email), _silo.AsAgent)).Withheld.Single(one => one.Facet == facet).Reason;
    }

    private static GetContextRequest Request(string email = Ann, string language = "") => new()
    {
        Subject = new SubjectIdentifier { Email = email },
        Purpose = SiloOnFakeTime.Purpose,
        Facets = { _all },
        InteractionId = "call-1",
        Language = language,
    };

    private async Task<byte[]> Bytes(string language) => await _channel.CreateCallInvoker().AsyncUnaryCall(_get, null, _silo.AsAgent, Request(Ann, language));

    private async Task<LookAnswer> Look(string actor = "actor")
    {
        var read = new ReadRequest(new TenantId("acme"), ActorRole.Person, new Purpose(SiloOnFakeTime.Purpose), FacetSet.All, "call-1");
        return (await (await _silo.CustomerOf(Ann)).Look(new LookRequest(read, actor))).Value!;
    }

    private Task Publish(string id, Action<Signal>? kind = null)
    {
        var signal = Waiting.Turn(id, _silo.Time.GetUtcNow().AddHours(-1), ParticipantRole.Customer, ConversationState.Opened);
        kind?.Invoke(signal);
        return Waiting.Publish(_silo, Ann, signal);
    }
}
