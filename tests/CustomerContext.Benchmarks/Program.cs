using System.Globalization;
using CustomerContext.Benchmarks;
using CustomerContext.Benchmarks.Evolution;
using CustomerContext.Benchmarks.Groups;
using CustomerContext.Benchmarks.Ingest;
using CustomerContext.Benchmarks.Lookup;
using CustomerContext.Benchmarks.Memory;
using CustomerContext.Benchmarks.Open;
using CustomerContext.Benchmarks.Profile;
using CustomerContext.Benchmarks.Revoke;
using CustomerContext.Benchmarks.Sentiment;
using CustomerContext.Benchmarks.Serving;
using CustomerContext.Benchmarks.Topics;
using Grpc.Core;

try
{
    switch (args)
    {
        case ["lookup", .. var rest]:
            await LookupBenchmark.Run(BenchmarkOptions.Read(rest));
            return 0;
        case ["open", .. var rest]:
            await OpenBenchmark.Run(BenchmarkOptions.Read(rest));
            return 0;
        case ["profile", .. var rest]:
            await ProfileBenchmark.Run(BenchmarkOptions.Read(rest));
            return 0;
        case ["ingest", .. var rest]:
            await IngestBenchmark.Run(BenchmarkOptions.Read(rest));
            return 0;
        case ["memory", .. var rest]:
            await MemoryBenchmark.Run(BenchmarkOptions.Read(rest));
            return 0;
        case ["sentiment", .. var rest]:
            await SentimentBenchmark.Run(rest);
            return 0;
        case ["topics", .. var rest]:
            TopicsBenchmark.Run(rest);
            return 0;
        case ["evolution", .. var rest]:
            EvolutionBenchmark.Run(rest);
            return 0;
        case ["minority", .. var rest]:
            var minority = BenchmarkOptions.Read(rest);
            MinorityBenchmark.Run(minority.Trials ?? 1_000, minority.Json);
            return 0;
        case ["attacks", .. var rest]:
            var attacks = BenchmarkOptions.Read(rest);
            AttackBenchmark.Run(attacks.Trials ?? 4_000, attacks.Json);
            return 0;
        case ["groups", .. var rest]:
            await GroupsBenchmark.Run(GroupsOptions.Read(rest));
            return 0;
        case [TribeRestart.Command, var folder, var tribe, var round]:
            await TribeRestart.Tell(folder, tribe, long.Parse(round, CultureInfo.InvariantCulture));
            return 0;
        case ["revoke", .. var rest]:
            await RevokeBenchmark.Run(BenchmarkOptions.Read(rest));
            return 0;
        case ["host", var redis, .. var silo]:
            await ServerHost.Run(redis, silo);
            return 0;
        default:
            Console.WriteLine($"{BenchmarkOptions.Usage}\n\n{GroupsOptions.Usage}\n\n{SentimentOptions.Usage}");
            return args is ["--help"] ? 0 : 2;
    }
}
catch (FormatException error)
{
    await Console.Error.WriteLineAsync($"{error.Message}\n{BenchmarkOptions.Usage}\n\n{GroupsOptions.Usage}\n\n{SentimentOptions.Usage}");
    return 2;
}
catch (Exception error) when (error is InvalidOperationException or RpcException or TimeoutException)
{
    await Console.Error.WriteLineAsync(error.ToString());
    return 1;
}
