using System.Collections.Immutable;
using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>Of which customers a company was told lately: a part of them. The key is that of <see cref="NewsIndexKeys"/>.</summary>
/// <remarks>Every method throws <see cref="Durability.StateUnavailableException"/> if the store gives no sure answer.</remarks>
[Alias("INewsIndexGrain")]
public interface INewsIndexGrain : IGrainWithStringKey, IRemindable
{
    /// <summary>News of a customer that came about then are told. Idempotent.</summary>
    [Alias("Note")]
    Task Note(CustomerKey customer, DateTimeOffset at);

    /// <summary>Forgets a customer. Idempotent.</summary>
    [Alias("Forget")]
    Task Forget(CustomerKey customer);

    /// <summary>Of whom the company may have been told since then.</summary>
    [Alias("Since")]
    Task<ImmutableArray<CustomerKey>> Since(DateTimeOffset from);
}

/// <summary>Keys of the parts of a company's index.</summary>
public static class NewsIndexKeys
{
    /// <summary>Of the part that a customer is in.</summary>
    public static string Of(TenantId tenant, CustomerKey customer) => $"{tenant.Value}/{customer.Value[0]}";

    /// <summary>Of all parts.</summary>
    public static IEnumerable<string> AllOf(TenantId tenant) =>
        Enumerable.Range(0, Limits.News.IndexParts).Select(part => $"{tenant.Value}/{part.ToString("x", CultureInfo.InvariantCulture)}");
}
