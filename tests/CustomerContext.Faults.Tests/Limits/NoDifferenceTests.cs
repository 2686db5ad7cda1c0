using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Limits;

/// <summary>
/// Nobody can find out who is a customer: an unknown person, one who granted nothing, one who granted another company and one named by an unverified
/// address are refused alike, to the byte, and none sooner than after 25 ms.
/// </summary>
public sealed class NoDifferenceTests(RunningSilo running) : IClassFixture<RunningSilo>, IAsyncLifetime
{
    private const string Ungranted = "ungranted@example.org";
    private const string OthersOnly = "others@example.org";
    private const string Revoked = "revoked@example.org";
    private const string Unknown = "unknown@example.org";

    private static readonly TimeSpan _floor = TimeSpan.FromMilliseconds(25);

    public async Task InitializeAsync()
    {
        await running.Client.MakeCustomer(Ungranted);
        await running.Client.MakeCustomer(OthersOnly, "globex");
        var grant = (await running.Client.MakeCustomer(Revoked, "acme"))[0];
        await running.Client.Consents.RevokeGrantAsync(Requests.Revoke(grant), running.Client.AsCustomer(Revoked));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public Task GetContext_WithoutAGrant_AllAlike() =>
        AllAlike(email => running.Client.Contexts.GetContextAsync(Requests.Lookup(email), running.Client.AsAgent()).ResponseAsync);

    [Fact]
    public Task WatchContext_WithoutAGrant_AllAlike() => AllAlike(async email =>
    {
        using var watch = running.Client.Contexts.WatchContext(Requests.Watch(email), running.Client.AsAgent());
        await watch.ResponseStream.MoveNext(CancellationToken.None);
    });

    [Fact]
    public Task ResolveCustomer_WithoutAGrant_AllAlike() => AllAlike(email => running.Client.Identities.ResolveCustomerAsync(
        new ResolveCustomerRequest { Subject = new SubjectIdentifier { Email = email } }, running.Client.AsAgent()).ResponseAsync);

    [Fact]
    public async Task BatchGetContexts_WithoutAGrant_AllAlike()
    {
        var started = Stopwatch.GetTimestamp();
        var answer = await running.Client.Contexts.BatchGetContextsAsync(
            new BatchGetContextsRequest
            {
                Subjects = { new[] { Unknown, Ungranted, OthersOnly, Revoked }.Select(email => new SubjectIdentifier { Email = email }) },
                Purpose = Requests.Purpose,
                InteractionId = "call-1",
            },
            running.Client.AsAgent());

        Assert.True(Stopwatch.GetElapsedTime(started) >= _floor);
        Assert.Single(answer.Results.Distinct());
        Assert.Equal(ErrorReason.ConsentRequired, answer.Results[0].Status.Reason);
    }

    [Fact]
    public async Task LinkIdentifier_KnownAndUnknown_AllAlike()
    {
        var answers = new List<LinkIdentifierResponse>();
        foreach (var email in (string[])[Unknown, Ungranted, RunningSilo.Email])
        {
            answers.Add(await running.Client.Identities.LinkIdentifierAsync(
                new LinkIdentifierRequest
                {
                    RequestId = Requests.NewId(),
                    Subject = new SubjectIdentifier { Email = email },
                    Identifier = new SubjectIdentifier { Opaque = $"crm-{email}" },
                },
                running.Client.AsAgent()));
        }

        Assert.Single(answers.Distinct());
    }

    private static async Task AllAlike(Func<string, Task> call)
    {
        // Once before, so that what is met for the first time does not take its time.
        await RefusalOf(call, Unknown);
        var refusals = new List<string>();
        foreach (var email in (string[])[Unknown, Ungranted, OthersOnly, Revoked, "nobody.else@example.org"])
        {
            refusals.Add(await RefusalOf(call, email));
        }

        Assert.Single(refusals.Distinct());
    }

    /// <summary>All that the caller can see of a refusal: status, text, every header and trailer.</summary>
    private static async Task<string> RefusalOf(Func<string, Task> call, string email)
    {
        var started = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<RpcException>(() => call(email));
        var took = Stopwatch.GetElapsedTime(started);
        Assert.True(took >= _floor, $"Refused after {took}.");
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        var seen = error.Trailers.Where(entry => entry.Key != "date").Select(entry => $"{entry.Key}={Convert.ToHexString(entry.ValueBytes)}");
        return $"{error.Status.Detail} {string.Join(' ', seen)}";
    }
}
