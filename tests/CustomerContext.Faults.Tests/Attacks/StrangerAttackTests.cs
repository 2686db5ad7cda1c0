using System.Globalization;
using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Attacks;

/// <summary>A company asks about very many people whom nobody knows, or who granted it nothing: the silo does not fill up with them. CC_STRANGERS people of each kind.</summary>
public sealed class StrangerAttackTests(ITestOutputHelper output) : IDisposable
{
    private const int AtOnce = 16;

    private static readonly int _people = Trials.Count("CC_STRANGERS", 40);

    /// <summary>What a silo may write of all the looks together: a start that is not over yet, no line for a look.</summary>
    private const int MostLogged = 4_000;

    /// <summary>Longer than what only refused stays.</summary>
    private static readonly TimeSpan _soon = Domain.Limits.Records.RefusedWrite + TimeSpan.FromSeconds(20);

    private readonly TempFolder _data = new();

    public void Dispose() => _data.Dispose();

    [Fact]
    public async Task Looks_AtStrangersAndAtCustomersWhoGrantedNothing_LeaveMemorySoon()
    {
        var ungranted = Enumerable.Range(0, _people).Select(i => $"ungranted-{i}@example.org").ToArray();
        await using (var first = await SiloProcess.Start(_data.Path))
        {
            using var maker = new SiloClient(first);
            await ForEach(ungranted, person => maker.MakeCustomer(person));
            await first.Stop();
        }

        await using var silo = await SiloProcess.Start(_data.Path);
        using var client = new SiloClient(silo);
        var (memory, logged) = (silo.Memory, silo.Output.Length);
        await ForEach(Enumerable.Range(0, _people).Select(i => $"stranger-{i}@example.org"), person => Refused(client, person));
        await ForEach(ungranted, person => Refused(client, person));

        // One stranger over and over: no look may come between the end of one activation and the beginning of the next.
        await ForEach(Enumerable.Repeat("same@example.org", 10 * _people), person => Refused(client, person));
        var during = await Activations(silo);
        using var tooLong = new CancellationTokenSource(_soon);
        var after = during;
        while (after.Customers > 0 || after.Identities > _people)
        {
            Assert.False(tooLong.IsCancellationRequested, $"{after} is not what it was before.");
            after = await Activations(silo);
        }

        logged = silo.Output.Length - logged;
        Assert.True(logged < MostLogged, $"{logged} characters were logged of {12 * _people} looks.");

        // The customers' own identifiers are the only ones that stay.
        output.WriteLine($"{_people} looks at strangers and as many at customers without a grant: (customers, identities) {during} at the end, {after} soon after; {logged} characters logged, {(silo.Memory - memory) / 1e6:0} MB more");
    }

    private static Task ForEach(IEnumerable<string> people, Func<string, Task> action) =>
        Parallel.ForEachAsync(people, new ParallelOptions { MaxDegreeOfParallelism = AtOnce }, async (person, _) => await action(person));

    private static async Task Refused(SiloClient client, string email)
    {
        var error = await Assert.ThrowsAsync<RpcException>(() => client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsProgram()).ResponseAsync);
        Assert.Equal(StatusCode.PermissionDenied, error.StatusCode);
    }

    private static async Task<(int Customers, int Identities)> Activations(SiloProcess silo)
    {
        using var http = new HttpClient();
        var lines = (await http.GetStringAsync(new Uri(silo.Http, "/metrics"))).Split('\n');
        return (Of("customer"), Of("identity"));

        int Of(string grain) => lines.Where(line => line.StartsWith("orleans_grains{", StringComparison.Ordinal) && line.Contains($"\"{grain}\"", StringComparison.Ordinal))
            .Sum(line => int.Parse(line[(line.LastIndexOf(' ') + 1)..], CultureInfo.InvariantCulture));
    }
}
