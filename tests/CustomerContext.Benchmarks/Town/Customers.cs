using CustomerContext.Benchmarks.Load;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Benchmarks.Town;

/// <summary>Customers who granted the tenant everything, and what was said about them.</summary>
internal sealed class Customers(Connections connections, Tokens tokens)
{
    /// <summary>The purpose for which everything is granted.</summary>
    public const string Purpose = "service.support";

    private const int AtOnce = 32;
    private const int Attempts = 20;
    private const int BatchesAtOnce = 4;
    private const int PerBatch = 20;

    /// <summary>The facets of a lookup: all that there are.</summary>
    public static readonly Facet[] Facets = [.. System.Enum.GetValues<Facet>().Where(facet => facet != Facet.Unspecified)];

    private readonly Metadata _tenant = Headers(tokens.OfTenant());

    /// <summary>The headers of the tenant's calls.</summary>
    public Metadata Tenant => _tenant;

    /// <summary>The address of customer number <paramref name="customer"/>.</summary>
    public static string Email(int customer) => $"customer{customer}@example.org";

    /// <summary>Makes the customers numbered <paramref name="from"/> to, but not including, <paramref name="to"/>, with the past that <paramref name="signals"/> gives.</summary>
    public async Task Make(int from, int to, Func<int, IEnumerable<Signal>> signals)
    {
        var atOnce = new ParallelOptions { MaxDegreeOfParallelism = AtOnce };
        await Parallel.ForAsync(from, to, atOnce, async (customer, _) => await Patiently(() => SayYes(customer)));

        // Few at once: a silo that has thousands of signals in hand takes no more.
        await Parallel.ForEachAsync(Enumerable.Range(from, to - from).Chunk(PerBatch), new ParallelOptions { MaxDegreeOfParallelism = BatchesAtOnce }, async (batch, stop) =>
        {
            var answer = await connections.Next().Signals.PublishSignalsAsync(new PublishSignalsRequest { Signals = { batch.SelectMany(signals) } }, _tenant, cancellationToken: stop);
            if (answer.Results.FirstOrDefault(result => result.Outcome != SignalOutcome.Accepted) is { } refused)
            {
                throw new InvalidOperationException($"A signal of the benchmark was not accepted: {refused}");
            }
        });
    }

    /// <summary>A lookup of all facets.</summary>
    public static GetContextRequest Look(SubjectIdentifier subject) =>
        new() { Subject = subject, Purpose = Purpose, Facets = { Facets }, InteractionId = "call-1" };

    /// <summary>Looks customer number <paramref name="customer"/> up once.</summary>
    public async Task<GetContextResponse> LookUp(int customer)
    {
        var answer = new GetContextResponse();
        await Patiently(async () => answer = await connections.Next().Contexts.GetContextAsync(Look(new SubjectIdentifier { Email = Email(customer) }), _tenant));
        return answer;
    }

    /// <summary>Gives a new grant of everything; its id.</summary>
    public async Task<string> Grant(int customer)
    {
        var id = "";
        var request = GrantOf($"grant-{Guid.CreateVersion7()}");
        await Patiently(async () => id = (await connections.Next().Consents.CreateGrantAsync(request, HeadersOf(tokens.OfCustomer(Email(customer))))).Grant.GrantId);
        return id;
    }

    /// <summary>Takes all grants back.</summary>
    public async Task RevokeAll(int customer)
    {
        var headers = HeadersOf(tokens.OfCustomer(Email(customer)));
        var consents = connections.Next().Consents;
        foreach (var grant in (await consents.ListGrantsAsync(new ListGrantsRequest(), headers)).Grants)
        {
            await consents.RevokeGrantAsync(new RevokeGrantRequest { RequestId = $"revoke-{grant.GrantId}", GrantId = grant.GrantId }, headers);
        }
    }

    /// <summary>The headers of a caller's calls.</summary>
    public static Metadata HeadersOf(string token) => Headers(token);

    private static CreateGrantRequest GrantOf(string requestId) => new()
    {
        RequestId = requestId,
        Tenant = Tokens.Tenant,
        Terms = new GrantTerms { Purposes = { Purpose }, Facets = { Facets }, When = GrantWhen.AnyTime, IncludeEarlier = true },
    };

    private static Metadata Headers(string token) => new() { { "authorization", $"Bearer {token}" } };

    /// <summary>On a machine that has too much to do the store may be late; the request id makes a repeat harmless.</summary>
    private static async Task Patiently(Func<Task> call)
    {
        for (var attempt = 1; attempt < Attempts; attempt++)
        {
            try
            {
                await call();
                return;
            }
            catch (RpcException error) when (error.StatusCode == StatusCode.Unavailable)
            {
                // Again.
            }
        }

        await call();
    }

    private async Task SayYes(int customer)
    {
        var consents = connections.Next().Consents;
        var headers = Headers(tokens.OfCustomer(Email(customer)));
        await consents.SetPreferencesAsync(
            new SetPreferencesRequest
            {
                RequestId = $"preferences-{customer}",
                Preferences = new Preferences { Collect = { Tokens.Tenant }, OfAge = true },
                UpdateMask = new FieldMask { Paths = { "collect", "of_age" } },
            },
            headers);
        await consents.CreateGrantAsync(GrantOf($"grant-{customer}"), headers);
    }
}
