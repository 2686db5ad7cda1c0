using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>Each field of a lookup and a watch at its limit and one past it. At the limit of an identifier the person is unknown, which is another refusal.</summary>
public sealed class LookupLimitTests(RunningSilo running) : IClassFixture<RunningSilo>
{
    private const string Domain = "@example.org";

    public static TheoryData<string, string, string> Identifiers => new()
    {
        { "email", new string('m', 254 - Domain.Length) + Domain, new string('m', 255 - Domain.Length) + Domain },
        { "phone_number", "+123456789012345", "+1234567890123456" },
        { "opaque", new string('o', 128), new string('o', 129) },
        { "opaque", Wide(128), Wide(129) },
        { "iss_sub.iss", "https://" + new string('i', 248), "https://" + new string('i', 249) },
        { "iss_sub.sub", new string('s', 255), new string('s', 256) },
        { "customer_id", new string('0', 64), new string('0', 65) },
        { "opaque", "fine", "a\u0001b" },
        { "opaque", "fine", "a\uFFFDb" },
        { "email", "a@example.org", "a@b@example.org" },
        { "phone_number", "+12", "0012" },
        { "customer_id", "fine", "not/one" },
    };

    [Theory]
    [MemberData(nameof(Identifiers))]
    public async Task GetContext_IdentifierAtTheLimitAndOnePast_UnknownAndInvalid(string field, string atTheLimit, string onePast)
    {
        await Unknown(Named(field, atTheLimit));
        await Refusals.Invalid($"subject.{field}", () => Get(Named(field, onePast)));
    }

    [Fact]
    public async Task GetContext_AliasesAtTheLimitAndOnePast_UnknownAndInvalid()
    {
        await Unknown(Aliases(8));
        await Refusals.Invalid("subject.aliases.identifiers", () => Get(Aliases(9)));
        await Refusals.Invalid("subject.aliases.identifiers", () => Get(Aliases(0)));
    }

    [Fact]
    public Task GetContext_NoSubject_Invalid() => Refusals.Invalid("subject", () => Get(request => request.Subject = null));

    [Fact]
    public async Task GetContext_InteractionAtTheLimitAndOnePast_AnsweredAndInvalid()
    {
        await Get(request => request.InteractionId = new string('i', 64));
        await Refusals.Invalid("interaction_id", () => Get(request => request.InteractionId = new string('i', 65)));
    }

    [Fact]
    public Task GetContext_PersonWithoutInteraction_Invalid() => Refusals.Invalid("interaction_id", () => Get(request => request.InteractionId = ""));

    [Fact]
    public Task GetContext_PurposeTooLong_Invalid() => Refusals.Invalid("purpose", () => Get(request => request.Purpose = new string('p', 41)));

    [Fact]
    public Task GetContext_PurposeAtTheLimit_NotAllowed() => Refusals.Refused(
        StatusCode.PermissionDenied, ErrorReason.CallerNotAllowed, () => Get(request => request.Purpose = new string('p', 40)));

    [Theory]
    [InlineData(0)]
    [InlineData(99)]
    [InlineData(-1)]
    public Task GetContext_UnknownFacet_Invalid(int facet) => Refusals.Invalid("facets[1]", () => Get(request =>
    {
        request.Facets.Add(Facet.Sentiment);
        request.Facets.Add((Facet)facet);
    }));

    [Fact]
    public async Task WatchContext_ResumeTokenAtTheLimitAndOnePast_AnsweredAndInvalid()
    {
        await Watch(new string('r', 1_024));
        await Refusals.Invalid("resume_token", () => Watch(new string('r', 1_025)));
    }

    [Fact]
    public async Task BatchGetContexts_FiftySubjectsAndOneMore_AnsweredAndInvalid()
    {
        Assert.Equal(50, (await Batch(50)).Results.Count);
        await Refusals.Invalid("subjects", () => Batch(51));
        await Refusals.Invalid("subjects", () => Batch(0));
    }

    /// <summary>Characters that take two units in UTF-16 and count as one.</summary>
    private static string Wide(int count) => string.Concat(Enumerable.Repeat("\U0001D51E", count));

    private static SubjectIdentifier Named(string field, string value) => field switch
    {
        "email" => new SubjectIdentifier { Email = value },
        "phone_number" => new SubjectIdentifier { PhoneNumber = value },
        "opaque" => new SubjectIdentifier { Opaque = value },
        "customer_id" => new SubjectIdentifier { CustomerId = value },
        "iss_sub.iss" => new SubjectIdentifier { IssSub = new IssuerSubject { Iss = value, Sub = "s" } },
        _ => new SubjectIdentifier { IssSub = new IssuerSubject { Iss = "https://example.org", Sub = value } },
    };

    private static SubjectIdentifier Aliases(int count) => new()
    {
        Aliases = new Aliases { Identifiers = { Enumerable.Range(0, count).Select(i => Named("opaque", $"nobody {i}")) } },
    };

    private async Task Unknown(SubjectIdentifier subject) => await Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.ConsentRequired, () => Get(subject));

    private Task Get(SubjectIdentifier subject) => Get(request => request.Subject = subject);

    private async Task Get(Action<GetContextRequest> change)
    {
        var request = Requests.Lookup(RunningSilo.Email);
        change(request);
        await running.Client.Contexts.GetContextAsync(request, running.Client.AsAgent());
    }

    private async Task Watch(string resumeToken)
    {
        var request = Requests.Watch(RunningSilo.Email);
        request.ResumeToken = resumeToken;
        using var watch = running.Client.Contexts.WatchContext(request, running.Client.AsAgent());
        Assert.True(await watch.ResponseStream.MoveNext(CancellationToken.None));
    }

    private Task<BatchGetContextsResponse> Batch(int count) => running.Client.Contexts.BatchGetContextsAsync(
        new BatchGetContextsRequest
        {
            Subjects = { Enumerable.Repeat(new SubjectIdentifier { Email = RunningSilo.Email }, count) },
            Purpose = Requests.Purpose,
            InteractionId = "call-1",
        },
        running.Client.AsAgent()).ResponseAsync;
}
