using System.Collections.Concurrent;
using CsCheck;
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
/// Generated requests, most with bytes changed, for every method, as every kind of caller: only statuses that the contract knows, no growth of memory, and the silo goes on. CC_FUZZ requests a
/// method, the same for the same CC_SEED.
/// </summary>
public sealed class FuzzTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>, IDisposable
{
    // Many of them are streams that wait for something to say.
    private const int InFlight = 64;
    private const long MostGrowth = 400_000_000;
    private const string Scopes = "context.read signal.write consent.manage tribe.read attention.work webhook.replay";

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

    /// <summary>Whom a request is about; nobody in one of four.</summary>
    private static readonly SubjectIdentifier?[] _subjects =
    [
        new() { Email = RunningSilo.Email }, new() { Email = "fuzz@example.org" }, new() { Opaque = "fuzz" }, new() { PhoneNumber = "+31201234567" },
        new() { CustomerId = new string('a', 32) }, new() { IssSub = new IssuerSubject { Iss = "https://login.example.org", Sub = "fuzz" } }, null, null,
    ];

    private readonly AnyMethod _any = new(running.Silo.Grpc);
    private readonly ConcurrentDictionary<StatusCode, int> _seen = new();

    [Fact]
    public async Task EveryMethod_MutatedRequests_OnlyDocumentedStatusesAndTheSiloGoesOn()
    {
        // What cannot be decoded gets the framework's own status and a line in its log.
        running.Silo.ExpectedErrors = ["Grpc"];
        var random = new PCG(1, (ulong)Trials.Seed);
        var customer = Signed(DevTokens.Customer("fuzz@example.org"));
        var agent = Signed(DevTokens.Actor("acme"));
        await running.Client.MakeCustomer("fuzz@example.org", "acme");
        var before = running.Silo.Memory;

        var requests = Enumerable.Range(0, _requests).SelectMany(i => AnyMethod.All.Select(method => (Method: method, Token: i % 2 == 0 ? agent : customer)));
        await Parallel.ForEachAsync(
            requests.Select(one => (one.Method, Bytes: Requested(one.Method).Generate(random, null, out _), one.Token)),
            new ParallelOptions { MaxDegreeOfParallelism = InFlight },
            async (request, _) => await Send(request.Method, request.Bytes, request.Token));

        Assert.NotEmpty((await running.Client.Contexts.GetContextAsync(Requests.Lookup(RunningSilo.Email), running.Client.AsAgent())).DisclosureId);
        Assert.True(running.Silo.Memory - before < MostGrowth, $"The process grew by {running.Silo.Memory - before:N0} bytes.");
        output.WriteLine($"seed {Trials.Seed}, {_seen.Values.Sum()} requests; the process grew by {(running.Silo.Memory - before) / 1e6:0} MB: {string.Join(", ", _seen.OrderBy(one => one.Key).Select(one => $"{one.Key} {one.Value}"))}");
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
            if (error.Status.DebugException is not null && status != StatusCode.DeadlineExceeded)
            {
                // Not an answer: the client says so itself of a call that the silo, or the machine, ended.
                Assert.Fail($"{method.Name} was not answered: {error.Status.Detail}; {_seen.Values.Sum()} requests; seed {Trials.Seed}");
            }

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

    /// <summary>Bytes of a request. Most often they are not changed at all: what cannot be decoded never reaches the product.</summary>
    private static Gen<byte[]> Requested(MethodDescriptor method)
    {
        var texts = method.InputType.Fields.InDeclarationOrder().Where(field => field is { FieldType: FieldType.String, IsRepeated: false }).ToArray();
        return Gen.Select(Mutation.OneOf(_subjects), Gen.Int[0, (3 * _texts.Length) - 1].Array[texts.Length], Mutation.Any.Array[0, 4]).Select((subject, chosen, mutations) =>
        {
            var request = AnyMethod.RequestFor(method, subject);
            foreach (var (field, text) in texts.Zip(chosen).Where(one => one.Second < _texts.Length))
            {
                field.Accessor.SetValue(request, _texts[text]);
            }

            return Mutation.Of(request.ToByteArray(), mutations[Math.Min(2, mutations.Length)..]);
        });
    }

    private string Signed(Dictionary<string, object> claims)
    {
        claims["scope"] = Scopes;
        return running.Silo.Tokens.Sign(claims);
    }
}
