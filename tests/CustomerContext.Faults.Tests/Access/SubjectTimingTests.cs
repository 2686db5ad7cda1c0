using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using CustomerContext.V1;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>
/// Times do not tell who is a customer. Each method that takes a subject is called about each kind of person, in a random order so that whatever else the machine does falls on all alike, and the
/// times are compared two by two. All methods at once, so that each is under the load of the others; with more than the short form's CC_TIMINGS samples of each kind, alone too, and about people
/// who are met for the first time. The methods come from the descriptors: a new one cannot be forgotten.
/// </summary>
public sealed class SubjectTimingTests(ITestOutputHelper output) : IDisposable
{
    private const int WarmUp = 3;
    private const int ShortForm = 45;
    private const int MadeAtOnce = 16;

    // Some hundred comparisons in a run: one in a hundred thousand runs is wrong.
    private const double Alpha = 1e-7;

    private static readonly int _samples = Trials.Count("CC_TIMINGS", ShortForm);

    private readonly TempFolder _data = new();

    /// <summary>Methods that take a subject. Whoever adds one here has looked at what it costs for a customer and for nobody.</summary>
    private static readonly string[] _methods =
    [
        "BatchGetContexts", "BeginInteraction", "GetContext", "GetHistory", "LinkIdentifier", "PublishSignals", "RedeemSharingCode", "RequestConsent", "ResolveCustomer", "StreamSignals",
        "UnlinkIdentifier", "WatchContext",
    ];

    /// <summary>The distance that docs/security.md admits: alone on an idle machine what is kept takes a tenth of a millisecond more.</summary>
    private const double AdmittedOfSignals = 0.5;

    private static readonly Kind[] _kinds = Enum.GetValues<Kind>();

    private enum Kind
    {
        /// <summary>No customer.</summary>
        Unknown,

        /// <summary>A customer who collects from acme and granted it nothing.</summary>
        Ungranted,

        /// <summary>A customer who collects from acme, and granted globex.</summary>
        OthersOnly,
    }

    private static IEnumerable<MethodDescriptor> Taking => AnyMethod.All.Where(method => Takes(method.InputType, []));

    public void Dispose() => _data.Dispose();

    [Fact]
    public void Methods_ThatTakeASubject_AreAllInTheTable() => Assert.Equal(_methods, Taking.Select(method => method.Name).Order(StringComparer.Ordinal));

    [Fact]
    public async Task EveryMethod_CustomersWithoutAGrantAndNobody_TimesOfOneDistribution()
    {
        var isLong = _samples > ShortForm;
        await using (var first = await SiloProcess.Start(_data.Path))
        {
            await Make(first, isLong ? [.. Taking.SelectMany(method => Range(method.Name)), "warm"] : ["warm"]);
            await first.Stop();
        }

        // On a silo that has been started since, nothing of anybody is in memory.
        await using var silo = await SiloProcess.Start(_data.Path);
        using var any = new AnyMethod(silo.Grpc);
        var program = new SiloClient(silo).AsProgram(deadline: TimeSpan.FromMinutes(30));
        if (isLong)
        {
            await Compare("met for the first time, all methods at once", isAlone: false, (method, i) => $"{method}-{i}");
            await Compare("the same people, each method alone", isAlone: true, (_, _) => "warm");
        }

        await Compare("the same people, all methods at once", isAlone: false, (_, _) => "warm");

        async Task Compare(string how, bool isAlone, Func<string, int, string> personOf)
        {
            var worst = new List<string>();
            await Parallel.ForEachAsync(Taking, new ParallelOptions { MaxDegreeOfParallelism = isAlone ? 1 : _methods.Length }, async (method, _) =>
            {
                var told = Told(method.Name, await Measure(any, method, program, personOf));
                lock (worst)
                {
                    worst.AddRange(told);
                }
            });
            output.WriteLine($"{how}, {_samples} of each kind:\n{string.Join('\n', worst.Order(StringComparer.Ordinal))}\n");
            Assert.DoesNotContain(worst, line => line.EndsWith('!'));
        }
    }

    /// <summary>Calls the method about each kind of person, in a random order, and gives how long each call took, in milliseconds.</summary>
    private static async Task<Dictionary<Kind, List<double>>> Measure(AnyMethod any, MethodDescriptor method, CallOptions caller, Func<string, int, string> personOf)
    {
        var took = _kinds.ToDictionary(kind => kind, _ => new List<double>());
        var order = Enumerable.Range(0, _kinds.Length * (_samples + WarmUp)).Select(i => (Kind: _kinds[i % _kinds.Length], Number: (i / _kinds.Length) - WarmUp)).ToArray();
        new Random(Trials.Seed).Shuffle(order.AsSpan(_kinds.Length * WarmUp));
        foreach (var (kind, number) in order)
        {
            var person = number < 0 ? "warm" : personOf(method.Name, number);
            var request = AnyMethod.RequestFor(method, new SubjectIdentifier { Email = EmailOf(kind, person) });
            method.InputType.FindFieldByName("interaction_id")?.Accessor.SetValue(request, Requests.NewId());
            if (request is RequestConsentRequest asking)
            {
                asking.Terms = new GrantTerms { Purposes = { Requests.Purpose } };
            }

            var started = Stopwatch.GetTimestamp();
            try
            {
                await any.Call(method, request.ToByteArray(), caller);
            }
            catch (RpcException error) when (error.StatusCode is StatusCode.PermissionDenied or StatusCode.FailedPrecondition or StatusCode.ResourceExhausted or StatusCode.Unimplemented)
            {
                // Refused, about everybody alike: NoDifferenceTests. What only a later version has is refused too.
            }

            if (number >= 0)
            {
                took[kind].Add(Stopwatch.GetElapsedTime(started).TotalMilliseconds);
            }
        }

        return took;
    }

    /// <summary>A line for each two kinds; one that ends in '!' says that they can be told apart.</summary>
    private static IEnumerable<string> Told(string method, Dictionary<Kind, List<double>> took)
    {
        var critical = Math.Max(TwoSamples.Critical(_samples, _samples, Alpha), method is "PublishSignals" or "StreamSignals" ? AdmittedOfSignals : 0);
        foreach (var (one, other) in (ValueTuple<Kind, Kind>[])[(Kind.Unknown, Kind.Ungranted), (Kind.Unknown, Kind.OthersOnly), (Kind.Ungranted, Kind.OthersOnly)])
        {
            var distance = TwoSamples.Distance(took[one], took[other]);
            yield return $"{method,-18} {one,-9} and {other,-10} distance {distance:0.000} of {critical:0.000}, AUC {TwoSamples.Auc(took[one], took[other]):0.00}, "
                + $"medians {Median(took[one]):0.00} and {Median(took[other]):0.00} ms{(distance < critical ? "" : " !")}";
        }
    }

    private static async Task Make(SiloProcess silo, IReadOnlyCollection<string> people)
    {
        using var client = new SiloClient(silo);
        await Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = MadeAtOnce }, async (person, _) =>
        {
            await client.MakeCustomer(EmailOf(Kind.Ungranted, person));
            await client.MakeCustomer(EmailOf(Kind.OthersOnly, person), "globex");
        });
    }

    private static IEnumerable<string> Range(string method) => Enumerable.Range(0, _samples).Select(i => $"{method}-{i}");

    private static string EmailOf(Kind kind, string person) => $"{kind}-{person}@example.org".ToLowerInvariant();

    private static bool Takes(MessageDescriptor type, HashSet<MessageDescriptor> seen) =>
        type.ClrType == typeof(SubjectIdentifier)
        || (seen.Add(type) && type.Fields.InDeclarationOrder().Any(field => field.FieldType == FieldType.Message && Takes(field.MessageType, seen)));

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
