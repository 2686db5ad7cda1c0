using System.Reflection;
using CustomerContext.Grains;
using CustomerContext.Grains.Customers;
using CustomerContext.Grains.Ledger;
using CustomerContext.Testing;

namespace CustomerContext.Silo.Tests.Records;

/// <summary>Whatever the store keeps for customers is handed over, or the docs say why not.</summary>
public sealed class ExportCoverageTests
{
    private static readonly string _docs = File.ReadAllText(Path.Combine(Repository.Root, "docs/export.md"));

    [Fact]
    public void StoreNames_EverySlot_IsInTheTableOfTheExport()
    {
        var slots = typeof(StoreNames).GetFields(BindingFlags.Public | BindingFlags.Static).Select(field => (string)field.GetRawConstantValue()!).ToArray();

        Assert.NotEmpty(slots);
        Assert.All(slots.Where(slot => slot != StoreNames.Store), slot => Assert.Contains($"\n| `{slot}` | ", _docs, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(typeof(LedgerState))]
    [InlineData(typeof(RecordKeeping))]
    public void Record_EveryPart_IsInTheTableOfTheExport(Type record)
    {
        var parts = record.GetConstructors().Single(one => one.GetParameters().Length > 1).GetParameters();

        Assert.All(parts, part => Assert.Contains($"`{record.Name}.{part.Name}`", _docs, StringComparison.Ordinal));
    }
}
