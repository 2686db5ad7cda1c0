using System.Diagnostics.Metrics;
using CustomerContext.Grains.Durability;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;

namespace CustomerContext.Storage.Tests;

/// <summary>Where a store under test reports what fails.</summary>
internal static class Reports
{
    /// <summary>A report that nobody reads.</summary>
    public static FailureReport New(TimeProvider time) => new(
        new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>(), time, NullLogger<FailureReport>.Instance);
}
