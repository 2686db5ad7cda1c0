using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>Sharing codes against whoever guesses, repeats and races.</summary>
public sealed class SharingCodeTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>
{
    private const int Tries = 5;
    private const int AtOnce = 32;
    private const int Redeemers = 100;

    private static readonly int _guesses = Trials.Count("CC_GUESSES", 300);

    private SiloClient Client => running.Client;

    [Fact]
    public async Task Redeem_TheCodeReadOut_GrantsAndTheNextLookShows()
    {
        await Client.MakeCustomer("code1@example.org");
        Assert.False(await Client.Sees("code1@example.org"));

        var redeemed = await Client.Redeem("code1@example.org", await Client.MakeCode("code1@example.org"));

        Assert.Equal((GrantState.Live, "acme"), (redeemed.Grant.State, redeemed.Grant.Tenant));
        Assert.True(await Client.Sees("code1@example.org"));
        Assert.Equal(redeemed.CustomerId, (await Client.Contexts.GetContextAsync(Requests.Lookup("code1@example.org"), Client.AsAgent())).CustomerId);
    }

    [Fact]
    public async Task Redeem_ManyGuesses_TheCodeDiesAfterFiveAndNothingIsGranted()
    {
        const string email = "guessed@example.org";
        await Client.MakeCustomer(email);
        var code = await Client.MakeCode(email);
        var outcomes = new System.Collections.Concurrent.ConcurrentDictionary<StatusCode, int>();

        await Parallel.ForEachAsync(Enumerable.Range(0, _guesses), new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (number, _) =>
        {
            // Never the code itself, so that luck cannot pass for a fault.
            var guess = ((int.Parse(code) + 1 + number) % 100_000_000).ToString("D8");
            var refused = await Assert.ThrowsAsync<RpcException>(() => Client.Redeem(email, guess));
            outcomes.AddOrUpdate(refused.StatusCode, 1, (_, count) => count + 1);
        });

        output.WriteLine($"{_guesses} guesses: {string.Join(", ", outcomes.Select(outcome => $"{outcome.Value} {outcome.Key}"))}");
        Assert.Subset(new HashSet<StatusCode> { StatusCode.PermissionDenied, StatusCode.ResourceExhausted }, outcomes.Keys.ToHashSet());
        Assert.True(outcomes[StatusCode.PermissionDenied] >= Tries);
        await Refused(() => Client.Redeem(email, code));
        Assert.Empty(await Client.LiveGrants(email));
        var log = await Client.ReadLog(email);
        Assert.Equal(Tries, log.Records.Count(record => record.ConsentChange?.Kind == ConsentChangeKind.CodeFailed));
    }

    [Fact]
    public async Task Redeem_FourWrongTries_TheFifthThatIsRightIsGood()
    {
        const string email = "four@example.org";
        await Client.MakeCustomer(email);
        var code = await Client.MakeCode(email);
        for (var tries = 1; tries < Tries; tries++)
        {
            await Refused(() => Client.Redeem(email, "wrong"));
        }

        Assert.Equal(GrantState.Live, (await Client.Redeem(email, $" {code[..4]}\u00a0{code[4..6]}\u2013{code[6..]}\n")).Grant.State);
    }

    [Fact]
    public async Task Redeem_GuessesOfAnotherTenant_LockNobodyOut()
    {
        const string email = "lockout@example.org";
        await Client.MakeCustomer(email);
        var code = await Client.MakeCode(email);
        for (var tries = 0; tries < 2 * Tries; tries++)
        {
            await Refused(() => Client.Redeem(email, "00000000", "globex"));
        }

        await Refused(() => Client.Redeem(email, code, "globex"));
        Assert.Equal("acme", (await Client.Redeem(email, code)).Grant.Tenant);
    }

    [Fact]
    public async Task Redeem_AHundredAtOnce_OneWins()
    {
        const string email = "race@example.org";
        await Client.MakeCustomer(email);
        var code = await Client.MakeCode(email);

        var won = await Task.WhenAll(Enumerable.Range(0, Redeemers).Select(async _ =>
        {
            try
            {
                return (await Client.Redeem(email, code)).Grant.GrantId;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
            {
                return null;
            }
        }));

        var winner = Assert.Single(won, id => id is not null);
        Assert.Equal(winner, Assert.Single(await Client.LiveGrants(email)).GrantId);
    }

    [Fact]
    public async Task Redeem_RepeatedRequest_GivesTheSameGrantAndOtherContentIsReused()
    {
        const string email = "repeat@example.org";
        await Client.MakeCustomer(email);
        var code = await Client.MakeCode(email);
        var first = await Client.Redeem(email, code, requestId: "same");

        Assert.Equal(first, await Client.Redeem(email, code, requestId: "same"));
        await Refusals.Refused(StatusCode.Aborted, ErrorReason.RequestIdReused, () => Client.Redeem(email, "12345678", requestId: "same"));
        await Refused(() => Client.Redeem(email, code));
    }

    [Fact]
    public async Task Redeem_WrongOrUsedOrOfAnotherPersonOrUnknown_NotToldApart()
    {
        await Client.MakeCustomer("mine@example.org");
        await Client.MakeCustomer("other@example.org");
        var used = await Client.MakeCode("mine@example.org");
        await Client.Redeem("mine@example.org", used);
        var live = await Client.MakeCode("mine@example.org");

        var seen = new List<string>();
        foreach (var (email, code) in ((string, string)[])[("mine@example.org", used), ("mine@example.org", "00000000"), ("other@example.org", live), ("unknown@example.org", live)])
        {
            var started = System.Diagnostics.Stopwatch.GetTimestamp();
            var refused = await Assert.ThrowsAsync<RpcException>(() => Client.Redeem(email, code));
            Assert.True(System.Diagnostics.Stopwatch.GetElapsedTime(started) >= TimeSpan.FromMilliseconds(25));
            seen.Add($"{refused.StatusCode} {refused.Status.Detail} {Convert.ToHexString(refused.Trailers.GetValueBytes("grpc-status-details-bin")!)}");
        }

        Assert.Single(seen.Distinct());
    }

    [Fact]
    public async Task Create_RepeatedRequest_GivesTheSameCode()
    {
        const string email = "again2@example.org";
        await Client.MakeCustomer(email);
        var request = new CreateSharingCodeRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = Requests.Grant().Terms };
        var first = await Client.Consents.CreateSharingCodeAsync(request, Client.AsCustomer(email));

        Assert.Matches("^[0-9]{8}$", first.Code);
        Assert.Equal(first, await Client.Consents.CreateSharingCodeAsync(request, Client.AsCustomer(email)));
        request.Tenant = "globex";
        await Refusals.Refused(
            StatusCode.Aborted, ErrorReason.RequestIdReused, () => Client.Consents.CreateSharingCodeAsync(request, Client.AsCustomer(email)).ResponseAsync);
    }

    public static TheoryData<string, Action<CreateSharingCodeRequest>> BadCodes => new()
    {
        { "request_id", code => code.RequestId = "" },
        { "tenant", code => code.Tenant = "initech" },
        { "terms", code => code.Terms = null },
        { "terms.preset", code => code.Terms.Preset = "always" },
        { "lifetime_duration", code => code.LifetimeDuration = new Duration { Seconds = 59 } },
        { "lifetime_duration", code => code.LifetimeDuration = new Duration { Seconds = 601 } },
        { "lifetime_duration", code => code.LifetimeDuration = new Duration { Seconds = -1 } },
    };

    [Theory]
    [MemberData(nameof(BadCodes))]
    public async Task Create_OnePastALimit_Invalid(string field, Action<CreateSharingCodeRequest> change)
    {
        await Client.MakeCustomer("bad@example.org");
        var request = new CreateSharingCodeRequest { RequestId = Requests.NewId(), Tenant = "acme", Terms = Requests.Grant().Terms };
        change(request);

        await Refusals.Invalid(field, () => Client.Consents.CreateSharingCodeAsync(request, Client.AsCustomer("bad@example.org")).ResponseAsync);
    }

    [Theory]
    [InlineData("code", "12345678901234567")]
    [InlineData("code", "")]
    public Task Redeem_CodeOnePastALimit_Invalid(string field, string code) => Refusals.Invalid(field, () => Client.Redeem("bad@example.org", code));

    private static Task<Google.Rpc.Status> Refused(Func<Task> call) => Refusals.Refused(StatusCode.PermissionDenied, ErrorReason.CodeNotAccepted, call);
}
