using System.Diagnostics;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Access;

/// <summary>
/// Times do not tell who is a customer: CC_TIMINGS refused lookups of each kind of person, in a random order so that whatever else the machine does falls on all alike,
/// compared two by two.
/// </summary>
public sealed class TimingTests(RunningSilo running, ITestOutputHelper output) : IClassFixture<RunningSilo>
{
    private const string Unknown = "unknown@example.org";
    private const string Ungranted = "ungranted@example.org";
    private const string OthersOnly = "others@example.org";
    private const int WarmUp = 10;

    // Three comparisons in each run of the suite: one in a hundred thousand runs is wrong.
    private const double Alpha = 3e-6;

    private static readonly int _samples = Trials.Count("CC_TIMINGS", 150);

    [Fact]
    public async Task GetContext_UnknownUngrantedOrAnotherTenants_TimesOfOneDistribution()
    {
        await running.Client.MakeCustomer(Ungranted);
        await running.Client.MakeCustomer(OthersOnly, "globex");
        string[] people = [Unknown, Ungranted, OthersOnly];
        var took = people.ToDictionary(person => person, _ => new List<double>());
        var order = Enumerable.Range(0, people.Length * (_samples + WarmUp)).Select(i => people[i % people.Length]).ToArray();
        new Random(Trials.Seed).Shuffle(order.AsSpan(people.Length * WarmUp));
        foreach (var person in order)
        {
            took[person].Add(await Refused(person));
        }

        foreach (var (one, other) in (ValueTuple<string, string>[])[(Unknown, Ungranted), (Unknown, OthersOnly), (Ungranted, OthersOnly)])
        {
            var distance = TwoSamples.Distance(took[one][WarmUp..], took[other][WarmUp..]);
            var critical = TwoSamples.Critical(_samples, _samples, Alpha);
            output.WriteLine($"{one} and {other}: distance {distance:0.000} of {critical:0.000}; medians {Median(took[one]):0.00} and {Median(took[other]):0.00} ms");
            Assert.True(distance < critical, $"{one} and {other} are {distance:0.000} apart, more than {critical:0.000}.");
        }
    }

    private async Task<double> Refused(string email)
    {
        var started = Stopwatch.GetTimestamp();
        var error = await Assert.ThrowsAsync<RpcException>(() => running.Client.Contexts.GetContextAsync(Requests.Lookup(email), running.Client.AsAgent()).ResponseAsync);
        var took = Stopwatch.GetElapsedTime(started);
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
        return took.TotalMilliseconds;
    }

    private static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
