using System.Collections.Concurrent;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Faults.Tests.Limits;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>
/// Requests with bytes changed at random, for every method, as every kind of caller: only statuses that the contract knows, and the silo goes on. CC_FUZZ requests a
/// method, by CC_SEED.
/// </summary>
public sealed class FuzzTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>, IDisposable
{
    private const int InFlight = 16;
    private const string Scopes = "context.read signal.write consent.manage tribe.read attention.work";

    private static readonly int _requests = Trials.Count("CC_FUZZ", 40);

    // Long enough for any answer; a stream with nothing to say is given up.
    private static readonly TimeSpan _stream = TimeSpan.FromMilliseconds(500);
    private static readonly TimeSpan _unary = TimeSpan.FromSeconds(20);

    private static readonly StatusCode[] _documented =
    [
        StatusCode.OK, StatusCode.InvalidArgument, StatusCode.PermissionDenied, StatusCode.NotFound, StatusCode.FailedPrecondition, StatusCode.Aborted,
        StatusCode.OutOfRange, StatusCode.ResourceExhausted, StatusCode.Unimplemented, StatusCode.Unavailable,
    ];

    private static readonly string[] _texts =
    [
        "", " ", "\0", "\uFFFD", "\u202Eacme", "../../acme", "acme/crm", "'; DROP TABLE grant; --", "{}", "%n%s", "-1", "9223372036854775808", new string('a', 5_000),
        string.Concat(Enumerable.Repeat("\U0001F600", 40)),
    ];

    private readonly AnyMethod _any = new(running.Silo.Grpc);
    private readonly ConcurrentDictionary<StatusCode, int> _seen = new();

    [Fact]
    public async Task EveryMethod_MutatedRequests_OnlyDocumentedStatusesAndTheSiloGoesOn()
    {
        // What cannot be decoded gets the framework's own status and a line in its log.
        running.Silo.ExpectedErrors = ["Grpc"];
        var random = new Random(Trials.Seed);
        var customer = Signed(DevTokens.Customer("fuzz@example.org"));
        var agent = Signed(DevTokens.Actor("acme"));
        await running.Client.MakeCustomer("fuzz@example.org", "acme");

        var requests = AnyMethod.All.SelectMany(method => Enumerable.Range(0, _requests).Select(i => (Method: method, Bytes: Mutated(method, random), Token: i % 2 == 0 ? agent : customer))).ToArray();
        await Parallel.ForEachAsync(requests, new ParallelOptions { MaxDegreeOfParallelism = InFlight }, async (request, _) => await Send(request.Method, request.Bytes, request.Token));

        Assert.NotEmpty((await running.Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), running.Client.AsAgent())).DisclosureId);
        output.WriteLine($"seed {Trials.Seed}, {requests.Length} requests: {string.Join(", ", _seen.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}");
    }

    public void Dispose() => _any.Dispose();

    private async Task Send(MethodDescriptor method, byte[] bytes, string token)
    {
        var status = StatusCode.OK;
        try
        {
            await _any.Call(method, bytes, SiloClient.With(token, method.IsServerStreaming ? _stream : _unary));
        }
        catch (RpcException error)
        {
            status = error.StatusCode;
            Refusals.TellsNoInternals(error.Status.Detail);
        }

        _seen.AddOrUpdate(status, 1, (_, count) => count + 1);
        var isAllowed = _documented.Contains(status)
            || (status == StatusCode.DeadlineExceeded && method.IsServerStreaming)
            || (status is StatusCode.Internal or StatusCode.Unknown && !IsMessage(method, bytes));
        Assert.True(isAllowed, $"{method.Name} answered {status} to {Convert.ToHexString(bytes)}; seed {Trials.Seed}");
    }

    private static bool IsMessage(MethodDescriptor method, byte[] bytes)
    {
        try
        {
            method.InputType.Parser.ParseFrom(bytes);
            return true;
        }
        catch (InvalidProtocolBufferException)
        {
            return false;
        }
    }

    private static byte[] Mutated(MethodDescriptor method, Random random)
    {
        SubjectIdentifier[] subjects =
        [
            new() { Email = RunningSilo.Email }, new() { Email = "fuzz@example.org" }, new() { Opaque = "fuzz" }, new() { PhoneNumber = "+31201234567" },
            new() { CustomerId = new string('a', 32) }, new() { IssSub = new IssuerSubject { Iss = "https://login.example.org", Sub = "fuzz" } },
        ];
        var request = AnyMethod.RequestFor(method, random.Next(4) == 0 ? null : subjects[random.Next(subjects.Length)]);
        foreach (var field in method.InputType.Fields.InDeclarationOrder().Where(field => field is { FieldType: FieldType.String, IsRepeated: false } && random.Next(3) == 0))
        {
            field.Accessor.SetValue(request, _texts[random.Next(_texts.Length)]);
        }

        // Most often not at all: what cannot be decoded never reaches the product.
        var bytes = request.ToByteArray().ToList();
        for (var times = random.Next(-2, 3); times > 0; times--)
        {
            Mutate(bytes, random);
        }

        return [.. bytes];
    }

    private static void Mutate(List<byte> bytes, Random random)
    {
        var at = random.Next(bytes.Count + 1);
        var count = random.Next(1, 9);
        switch (random.Next(6))
        {
            case 0 when at < bytes.Count: bytes[at] ^= (byte)(1 << random.Next(8)); break;
            case 1 when at < bytes.Count: bytes[at] = (byte)random.Next(256); break;
            case 2: bytes.InsertRange(at, Enumerable.Range(0, count).Select(_ => (byte)random.Next(256))); break;
            case 3: bytes.RemoveRange(at, Math.Min(count, bytes.Count - at)); break;
            case 4: bytes.InsertRange(at, bytes.GetRange(0, at)); break; // all again: repeated fields, the last value wins
            default: bytes.RemoveRange(at, bytes.Count - at); break;
        }
    }

    private string Signed(Dictionary<string, object> claims)
    {
        claims["scope"] = Scopes;
        return running.Silo.Tokens.Sign(claims);
    }
}
