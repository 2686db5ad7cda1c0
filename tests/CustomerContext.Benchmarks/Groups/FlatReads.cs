using System.Diagnostics;
using CustomerContext.Domain.Common;
using CustomerContext.V1;
using Facet = CustomerContext.V1.Facet;

namespace CustomerContext.Benchmarks.Groups;

/// <summary>
/// GetContext with every facet, one call after the other, each case in turn: it must cost the same however many the friends and members are.
/// </summary>
internal static class FlatReads
{
    /// <summary>Several customers a case, so that the hash of one key does not decide.</summary>
    private const int CustomersEach = 8;

    private const int WarmUps = 100;
    private const int Small = 100;
    private const int Middle = 10_000;
    private const int Few = 10;
    private const int Many = 1_000;

    /// <summary>Measures and prints.</summary>
    public static async Task Run(SeededSilo silo, GroupsOptions options)
    {
        (int Friends, int Members)[] sizes = [(Few, Small), (100, Small), (Many, Small), (Few, Middle), (Few, options.Members), (Many, options.Members)];
        var seeds = new Seeds(silo);
        foreach (var members in sizes.Select(size => size.Members).Distinct())
        {
            await seeds.Tribe(NameOf(members), members);
        }

        var requests = sizes.Select(_ => new List<GetContextRequest>()).ToArray();
        foreach (var (number, size) in sizes.Index())
        {
            for (var one = 0; one < CustomersEach; one++)
            {
                var customer = Seeds.Key((number * CustomersEach) + one + 1);
                await seeds.Customer(customer, size.Friends, 0, NameOf(size.Members));
                requests[number].Add(LookAt(customer));
                await Check(silo, requests[number][^1]);
            }
        }

        await Look(silo, requests, WarmUps);
        Print(options, [.. sizes.Zip(await Look(silo, requests, options.Looks), (size, took) => new Row(size.Friends, size.Members, Spread.Of(took)))]);
    }

    private static string NameOf(int members) => $"tribe-of-{members}";

    private static GetContextRequest LookAt(CustomerKey customer) => new()
    {
        Subject = new SubjectIdentifier { Email = Seeds.Email(customer) },
        Purpose = Town.Customers.Purpose,
        Facets = { Enum.GetValues<Facet>().Where(facet => facet != Facet.Unspecified) },
        InteractionId = "call-1",
    };

    /// <summary>What is measured has to be there.</summary>
    private static async Task Check(SeededSilo silo, GetContextRequest request)
    {
        var context = (await silo.Connections.Next().Contexts.GetContextAsync(request, silo.Tenant)).Context;
        if (context is not { Network.Friends: not null, Tribes.Joined: [{ Release: not null }] })
        {
            throw new InvalidOperationException($"A look lacks the mood of friends or tribe: {context}");
        }
    }

    private static async Task<List<TimeSpan>[]> Look(SeededSilo silo, List<GetContextRequest>[] cases, int looks)
    {
        var took = cases.Select(_ => new List<TimeSpan>(looks)).ToArray();
        for (var number = 0; number < looks; number++)
        {
            foreach (var (i, requests) in cases.Index())
            {
                var begun = Stopwatch.GetTimestamp();
                await silo.Connections.Next().Contexts.GetContextAsync(requests[number % CustomersEach], silo.Tenant);
                took[i].Add(Stopwatch.GetElapsedTime(begun));
            }
        }

        return took;
    }

    private static void Print(GroupsOptions options, Row[] rows)
    {
        var first = rows[0].Looks;
        GroupsReport.Print(
            options,
            "reads",
            rows.Select(row => new { row.Friends, row.Members, row.Looks, ToFirst = row.Looks.P50 / first.P50 }).ToArray(),
            [
                ["friends", "members of the tribe", "looks", "p50 us", "p99 us", "p50 to the first (at most 1.2)"],
                .. rows.Select(row => (string[])
                [
                    $"{row.Friends:N0}", $"{row.Members:N0}", $"{row.Looks.Calls:N0}",
                    $"{row.Looks.P50:F0}", $"{row.Looks.P99:F0}", $"{row.Looks.P50 / first.P50:F2}",
                ]),
            ]);
    }

    private sealed record Row(int Friends, int Members, Spread Looks);
}
