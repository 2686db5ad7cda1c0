using CustomerContext.Faults.Tests.Harness;
using CustomerContext.Testing;
using Grpc.Core;
using Xunit.Abstractions;

namespace CustomerContext.Faults.Tests.Cluster;

/// <summary>Three silos on one Redis serve as one, and losing one of them loses nothing.</summary>
public sealed class ClusterTests(ITestOutputHelper output)
{
    private const int Silos = 3;
    private const int WarmLooks = 100;

    private static readonly TimeSpan _answersAgain = TimeSpan.FromSeconds(Trials.Count("CC_CLUSTER_LONGEST", 60));
    private static readonly TimeSpan _halted = TimeSpan.FromSeconds(Trials.Count("CC_CLUSTER_HALT", 5));

    [Fact]
    public async Task Look_AtEachOfThree_SameCustomerAndNoneAfterARevokeElsewhere()
    {
        await using var cluster = await SiloCluster.Start(Silos);
        var first = cluster.Client(0);
        var grants = await first.MakeCustomer("everywhere@example.org", "acme");
        await first.Signals.PublishSignalsAsync(Requests.Publish(Requests.Turn("everywhere@example.org", "c-1", 1)), first.AsProgram());

        for (var i = 0; i < Silos; i++)
        {
            var client = cluster.Client(i);
            var answer = await Patience.Try(() => client.Contexts.GetContextAsync(Requests.Lookup("everywhere@example.org"), client.AsAgent()).ResponseAsync);
            Assert.Single(answer.Context.Conversations.Latest);
        }

        var second = cluster.Client(1);
        await second.Consents.RevokeGrantAsync(Requests.Revoke(grants[0]), second.AsCustomer("everywhere@example.org"));
        for (var i = 0; i < Silos; i++)
        {
            Assert.Equal(StatusCode.PermissionDenied, await Refused(cluster.Client(i), "everywhere@example.org"));
        }
    }

    /// <summary>Who comes when the doors open finds a silo that has worked already, and the warm-up is on nobody's record.</summary>
    [Fact]
    public async Task Start_OfASilo_WarmsUpBeforeItsDoorsOpenAndWritesNothingOfIt()
    {
        await using var cluster = await SiloCluster.Start(1);
        var (warm, open) = (cluster.Silo(0).Output.IndexOf("looks at nobody took", StringComparison.Ordinal), cluster.Silo(0).Output.IndexOf("gRPC on ", StringComparison.Ordinal));

        Assert.InRange(warm, 0, open);
        Assert.Equal("", (await cluster.Redis.Cli("KEYS", "customercontext/ledger/*")).Trim());
        Assert.DoesNotContain("Context", await cluster.Redis.Cli("KEYS", "customercontext/state/*"), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Kill_OneOfThreeUnderLoad_TheOthersAnswerForItsCustomers()
    {
        if (!IsLong)
        {
            return;
        }

        await using var cluster = await SiloCluster.Start(Silos);
        var (lost, others) = (await Make(cluster, 0, "lost"), await Make(cluster, 1, "other"));
        using var sdk = cluster.Sdk();
        await using var load = LookLoad.By(sdk, [.. lost, .. others]);
        await using var watches = OpenWatches.By(sdk, [.. lost, .. others]);
        await watches.Opened;
        await Seconds(2);

        await cluster.Silo(0).Kill();
        foreach (var email in lost)
        {
            await LookUntilAnswered(cluster.Client(2), email, _answersAgain);
        }

        await Seconds(2);
        var looks = await load.End();
        Note("kill -9 of one of three", $"of the lost silo {Of(looks, lost)}; of others {Of(looks, others)}; longest break of a watch {(await watches.End()).Max().TotalSeconds:F2} s");
        Assert.All(looks, one => Assert.True(one.Longest < _answersAgain, $"{one}"));
    }

    [Fact]
    public async Task Halt_OneOfThreeAndContinueIt_NoLookBegunAfterARevokeElsewhereShowsData()
    {
        if (!IsLong)
        {
            return;
        }

        await using var cluster = await SiloCluster.Start(Silos);
        var halted = cluster.Client(0);
        var grants = await halted.MakeCustomer("halted@example.org", "acme");
        await halted.Contexts.GetContextAsync(Requests.Lookup("halted@example.org"), halted.AsAgent());
        var (lost, others) = (await Make(cluster, 0, "lost"), await Make(cluster, 1, "other"));
        using var sdk = cluster.Sdk();
        await using var load = LookLoad.By(sdk, [.. lost, .. others]);
        await using var watches = OpenWatches.By(sdk, [.. lost, .. others]);
        await watches.Opened;

        await cluster.Silo(0).Halt();
        await Seconds(_halted.TotalSeconds);
        var patient = TimeSpan.FromSeconds(60);
        var other = cluster.Client(1);
        var revoke = Requests.Revoke(grants[0]);
        var revoking = Patience.Try(() => other.Consents.RevokeGrantAsync(revoke, other.AsCustomer("halted@example.org", patient)).ResponseAsync);
        if (await Task.WhenAny(revoking, Seconds(Limit.TotalSeconds)) != revoking)
        {
            await cluster.Silo(0).Continue(); // Its customers wait for it until it is known to be lost.
        }

        await revoking;

        // These wait in the sockets of the halted silo, if it still is.
        var queued = Enumerable.Range(0, 20).Select(_ => Try(halted, "halted@example.org")).ToArray();
        await cluster.Silo(0).Continue();
        Assert.All(await Task.WhenAll(queued), answer => Assert.NotEqual(StatusCode.OK, answer));
        var looks = await load.End();
        Note($"SIGSTOP of one of three for {_halted.TotalSeconds:F0} s or more", $"of the halted silo {Of(looks, lost)}; of others {Of(looks, others)}; longest break of a watch {(await watches.End()).Max().TotalSeconds:F2} s");
        for (var i = 1; i < Silos; i++)
        {
            Assert.Equal(StatusCode.PermissionDenied, await Refused(cluster.Client(i), "halted@example.org"));
        }
    }

    [Fact]
    public async Task RollingRestart_UnderLoad_NoLookOfTheSdkFails()
    {
        if (!IsLong)
        {
            return;
        }

        await using var cluster = await SiloCluster.Start(Silos);
        string[] emails = [.. await Make(cluster, 0, "a"), .. await Make(cluster, 1, "b"), .. await Make(cluster, 2, "c")];
        using var sdk = cluster.Sdk();
        using var impatient = sdk.With(sdk.Options with { Retry = new Client.RetryOptions { MaxAttempts = 1 } });
        await using var load = LookLoad.By(sdk, emails);
        await using var once = LookLoad.By(impatient, emails);
        await Seconds(1);

        var moments = new List<(long At, string What)>();
        for (var i = 0; i < Silos; i++)
        {
            Reached($"SIGTERM of {i}");
            await cluster.Silo(i).Stop();
            Reached($"start of {i}");
            await cluster.StartAgain(i);
            Reached($"{i} listens");
        }

        await Seconds(1);
        var (looks, single) = (await load.End(), await once.End());
        Note("restart of three, one after the other", $"SDK {Of(looks, emails)}; without repeats {Of(single, emails)}");
        output.WriteLine(string.Join(", ", moments.Select(one => $"{one.What} {Since(one.At):F1}")));
        foreach (var failed in looks.Concat(single).SelectMany(one => one.Failures).OrderBy(one => one.Begun))
        {
            output.WriteLine($"{Since(failed.Begun):F1} s: {failed.Email} (of {cluster.OwnOf(failed.Email)}) {failed.Code} after {failed.Took.TotalSeconds:F1} s");
        }

        Assert.All(looks, one => Assert.Empty(one.Failures));

        void Reached(string what) => moments.Add((TimeProvider.System.GetTimestamp(), what));

        double Since(long at) => TimeProvider.System.GetElapsedTime(moments[0].At, at).TotalSeconds;
    }

    [Fact]
    public async Task TableOfSilos_Deleted_EverySiloStops()
    {
        if (!IsLong)
        {
            return;
        }

        await using var cluster = await SiloCluster.Start(2);
        await cluster.Redis.Cli("DEL", "customercontext/members/customercontext");
        var begun = TimeProvider.System.GetTimestamp();
        await cluster.Silo(0).Ended();
        await cluster.Silo(1).Ended();

        Note("table of silos deleted", $"both stopped after {TimeProvider.System.GetElapsedTime(begun).TotalSeconds:F1} s");
        Assert.Contains("would found another cluster", cluster.Silo(0).Output, StringComparison.Ordinal);
    }

    /// <summary>True in the long form: what loses a silo takes a minute or more on a busy machine.</summary>
    private static bool IsLong => Trials.Count("CC_CLUSTER", 0) > 0;

    private static TimeSpan Limit => TimeSpan.FromSeconds(15);

    /// <summary>How looks at these customers went, in words.</summary>
    private static string Of(IEnumerable<CustomerLooks> looks, string[] emails)
    {
        var theirs = looks.Where(one => emails.Contains(one.Email)).ToArray();
        return $"{theirs.Sum(one => one.Answered)} looks answered, {theirs.Sum(one => one.Failures.Length)} failed ({string.Join(", ", theirs.SelectMany(one => one.Failures).Select(one => one.Code).Distinct())}), "
            + $"longest without an answer {theirs.Max(one => one.Longest).TotalSeconds:F2} s";
    }

    /// <summary>A result, for whoever runs the trial and for the file that results are appended to.</summary>
    private void Note(string trial, string result)
    {
        output.WriteLine($"{trial}: {result}");
        if (Environment.GetEnvironmentVariable("CC_CLUSTER_RESULTS") is { Length: > 0 } file)
        {
            File.AppendAllText(file, $"{TimeProvider.System.GetUtcNow():u} {trial}: {result}\n");
        }
    }

    /// <summary>Customers whose grains are on this silo, for they were first asked for there, and for whom the SDK asks it.</summary>
    private static async Task<string[]> Make(SiloCluster cluster, int silo, string name)
    {
        string[] emails = [.. Enumerable.Range(1, 1000).Select(i => $"{name}-{i}@example.org").Where(email => cluster.OwnOf(email) == silo).Take(4)];
        foreach (var email in emails)
        {
            await cluster.Client(silo).MakeCustomer(email, "acme");
        }

        // What is measured is a fault, not a start.
        for (var i = 0; i < WarmLooks; i++)
        {
            await Try(cluster.Client(silo), emails[i % emails.Length]);
        }

        return emails;
    }

    private static async Task LookUntilAnswered(SiloClient client, string email, TimeSpan longest)
    {
        var begun = TimeProvider.System.GetTimestamp();
        while (await Try(client, email) != StatusCode.OK)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < longest, $"{email} is not answered for after {longest}.");
        }
    }

    private static async Task<StatusCode> Try(SiloClient client, string email)
    {
        try
        {
            await client.Contexts.GetContextAsync(Requests.Lookup(email), client.AsAgent(deadline: TimeSpan.FromSeconds(20)));
            return StatusCode.OK;
        }
        catch (RpcException refused)
        {
            return refused.StatusCode;
        }
    }

    /// <summary>How a look is refused, once it is not for trouble that passes.</summary>
    private static async Task<StatusCode> Refused(SiloClient client, string email)
    {
        while (true)
        {
            if (await Try(client, email) is var status && status is not (StatusCode.Unavailable or StatusCode.DeadlineExceeded))
            {
                return status;
            }
        }
    }

    /// <summary>How long load or a fault lasts.</summary>
    private static async Task Seconds(double seconds)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(seconds), TimeProvider.System);
        await timer.WaitForNextTickAsync();
    }
}
