using CustomerContext.Benchmarks.Load;
using CustomerContext.Benchmarks.Serving;
using CustomerContext.Benchmarks.Town;
using CustomerContext.V1;
using Google.Protobuf;
using Grpc.Core;

namespace CustomerContext.Benchmarks.Lookup;

/// <summary>The requests, and the cases that send them.</summary>
internal sealed class Looks
{
    /// <summary>The name of the case of a look by customer id.</summary>
    public const string ById = "GetContext by customer id";

    private const int PerPreparation = 500;

    private readonly Connections _connections;
    private readonly Metadata _headers;
    private readonly GetContextRequest[] _byId;
    private readonly GetContextRequest[] _byEmail;

    private Looks(Connections connections, Metadata headers, GetContextRequest[] byId, GetContextRequest[] byEmail) =>
        (_connections, _headers, _byId, _byEmail) = (connections, headers, byId, byEmail);

    /// <summary>Size of one answer.</summary>
    public required int AnswerBytes { get; init; }

    /// <summary>Size of one record.</summary>
    public required int RecordBytes { get; init; }

    /// <summary>Looks every customer up once, and gives the baselines the first answer.</summary>
    public static async Task<Looks> Prepare(Connections connections, Customers customers, int count)
    {
        var byEmail = Enumerable.Range(0, count).Select(customer => Customers.Look(new SubjectIdentifier { Email = Customers.Email(customer) })).ToArray();
        var answers = new GetContextResponse[count];
        await Parallel.ForAsync(0, count, async (customer, _) => answers[customer] = await customers.LookUp(customer));

        // Looked up again, since right after a start a group may not have answered in time.
        var first = await customers.LookUp(0);
        if (first.Context is not { Sentiment: not null, TopOfMind: not null, Conversations: not null, Situation: not null } || first.Withheld.Count > 0)
        {
            throw new InvalidOperationException($"The answer is not whole: {first}");
        }

        // In parts, since the door takes 64 KiB a message of a method that brings no signals.
        var recordBytes = 0;
        foreach (var part in answers.Chunk(PerPreparation))
        {
            var prepare = new PrepareRequest { CustomerIds = { part.Select(answer => answer.CustomerId) }, Answer = first.ToByteString() };
            recordBytes = (await connections.Next().Baselines.PrepareAsync(prepare, customers.Tenant)).RecordBytes;
        }

        var byId = answers.Select(answer => Customers.Look(new SubjectIdentifier { CustomerId = answer.CustomerId })).ToArray();
        return new Looks(connections, customers.Tenant, byId, byEmail) { AnswerBytes = first.CalculateSize(), RecordBytes = recordBytes };
    }

    /// <summary>Echo, read, read and append, lookup by id, lookup by address, a grain's write; and with SQLite the same read and append there.</summary>
    public IReadOnlyList<Case> Cases(Store store) =>
    [
        new(LookupReport.Echo, number => _connections.Next().Baselines.EchoAsync(Of(_byId, number), _headers).ResponseAsync),
        new(LookupReport.Get, number => _connections.Next().Baselines.GetAsync(Of(_byId, number), _headers).ResponseAsync),
        new(LookupReport.GetAndAppend, number => _connections.Next().Baselines.GetAndAppendAsync(Of(_byId, number), _headers).ResponseAsync),
        new(ById, number => _connections.Next().Unread.Get(Of(_byId, number), _headers)),
        new("GetContext by e-mail", number => _connections.Next().Unread.Get(Of(_byEmail, number), _headers)),
        new("(d) Orleans grain, one state write", number => _connections.Next().Baselines.WriteGrainStateAsync(Of(_byId, number), _headers).ResponseAsync),
        .. store == Store.Sqlite
            ? (Case[])[new("plain SQLite SELECT and INSERT", number => _connections.Next().Baselines.SelectAndInsertAsync(Of(_byId, number), _headers).ResponseAsync)]
            : [],
    ];

    /// <summary>Spread over all customers, neighbours far apart.</summary>
    private static GetContextRequest Of(GetContextRequest[] requests, int number) => requests[(int)((uint)number * 7_919L % requests.Length)];
}
