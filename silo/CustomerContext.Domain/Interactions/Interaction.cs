using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using Orleans;

namespace CustomerContext.Domain.Interactions;

/// <summary>
/// A call, case or chat of one tenant: who is in it and what hangs on it. It says whether its id has ended, which is for good; what it opens, each customer's ledger says (<see cref="Call"/>).
/// </summary>
/// <param name="Tenant">Whose.</param>
/// <param name="Id">Its id in the tenant's systems.</param>
/// <param name="Customers">Who is in it, at most <see cref="Limits.Calls.CustomersPerInteraction"/>; an unknown person has the key of nobody.</param>
/// <param name="Joins">Keys of the requests for consent in it, at most <see cref="Limits.Calls.JoinsPerInteraction"/>.</param>
/// <param name="LastActor">Pseudonym of the tenant's actor who began it, asked in it or continued it last.</param>
/// <param name="BegunAt">When it began, or what it continues.</param>
/// <param name="EndedAt">When it was ended; absent while it was not.</param>
[GenerateSerializer, Immutable, Alias("Interaction")]
public sealed record Interaction(
    [property: Id(0)] TenantId Tenant,
    [property: Id(1)] string Id,
    [property: Id(2)] ImmutableArray<CustomerKey> Customers,
    [property: Id(3)] ImmutableArray<string> Joins,
    [property: Id(4)] string LastActor,
    [property: Id(5)] DateTimeOffset BegunAt,
    [property: Id(6)] DateTimeOffset? EndedAt)
{
    /// <summary>One that nobody has begun.</summary>
    public static Interaction None { get; } = new(new TenantId(""), "", [], [], "", default, null);

    /// <summary>True if anything is known of it.</summary>
    public bool Exists => Id.Length > 0 || EndedAt is not null;

    /// <summary>When it ends by itself.</summary>
    public DateTimeOffset Until => BegunAt + Limits.Calls.Longest;

    /// <summary>True if it has begun and is not over.</summary>
    public bool IsOpen(DateTimeOffset now) => Exists && EndedAt is null && now < Until;

    /// <summary>True if it never opens anything again.</summary>
    public bool IsOver(DateTimeOffset now) => Exists && !IsOpen(now);
}

/// <summary>How an interaction goes. Each step may be repeated: what is so already stays as it is.</summary>
public static class InteractionRules
{
    /// <summary>Opens it with <paramref name="customer"/> in it, or adds them to one that is open.</summary>
    /// <param name="state">The interaction.</param>
    /// <param name="by">The tenant's actor, with the interaction's id.</param>
    /// <param name="customer">Who takes part; absent if nobody is named.</param>
    /// <param name="now">The instant that counts.</param>
    public static Outcome<Interaction> Add(Interaction state, TenantActor by, CustomerKey? customer, DateTimeOffset now)
    {
        var opened = Opened(state, by, now);
        if (opened.Value is not { } open || customer is not { } one || open.Customers.Contains(one))
        {
            return opened;
        }

        return open.Customers.Length >= Limits.Calls.CustomersPerInteraction
            ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Calls.CustomersPerInteraction} people in one interaction")
            : open with { Customers = open.Customers.Add(one) };
    }

    /// <summary>Opens it, or adds to one that is open, with a request for consent in it.</summary>
    public static Outcome<Interaction> AddJoin(Interaction state, TenantActor by, string join, DateTimeOffset now)
    {
        var opened = Opened(state, by, now);
        if (opened.Value is not { } open || open.Joins.Contains(join))
        {
            return opened;
        }

        return open.Joins.Length >= Limits.Calls.JoinsPerInteraction
            ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Calls.JoinsPerInteraction} requests in one interaction")
            : open with { Joins = open.Joins.Add(join), LastActor = by.Actor };
    }

    /// <summary>Opens it as what goes on after <paramref name="old"/>: with everybody in it and until the same end.</summary>
    public static Outcome<Interaction> Adopt(Interaction state, Interaction old, TenantActor by, DateTimeOffset now)
    {
        var opened = Opened(state, by, now);
        if (opened.Value is not { } open)
        {
            return opened;
        }

        var customers = open.Customers.Union(old.Customers).ToImmutableArray();
        return customers.Length > Limits.Calls.CustomersPerInteraction
            ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Calls.CustomersPerInteraction} people in one interaction")
            : open with
            {
                Customers = customers,
                Joins = [.. open.Joins.Union(old.Joins).Take(Limits.Calls.JoinsPerInteraction)],
                BegunAt = old.BegunAt < open.BegunAt ? old.BegunAt : open.BegunAt,
                LastActor = by.Actor,
            };
    }

    /// <summary>Ends it, for good; who is in it stays until each of them knows.</summary>
    public static Interaction End(Interaction state, TenantActor by, DateTimeOffset now) => state.EndedAt is not null
        ? state
        : state with { Tenant = by.Tenant, Id = by.Interaction!, BegunAt = state.Exists ? state.BegunAt : now, EndedAt = now };

    /// <summary>One that ended and of which everybody knows that: nothing of it is kept but that it is over.</summary>
    public static Interaction Settled(Interaction state) => Interaction.None with { Tenant = state.Tenant, EndedAt = state.EndedAt };

    /// <summary>Without <paramref name="customer"/>.</summary>
    public static Interaction Without(Interaction state, CustomerKey customer) =>
        state.Customers.Contains(customer) ? state with { Customers = state.Customers.Remove(customer) } : state;

    private static Outcome<Interaction> Opened(Interaction state, TenantActor by, DateTimeOffset now) => state switch
    {
        _ when state.IsOver(now) => new Refusal(RefusalReason.InteractionOver),
        { Exists: true } => state,
        _ => new Interaction(by.Tenant, by.Interaction!, [], [], by.Actor, now, null),
    };
}
