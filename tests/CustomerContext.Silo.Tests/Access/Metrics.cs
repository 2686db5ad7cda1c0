using System.Diagnostics.Metrics;
using CustomerContext.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Silo.Tests.Access;

/// <summary>Metrics that nobody else's test sees.</summary>
internal static class Metrics
{
    public static SiloMetrics New() => new(new ServiceCollection().AddMetrics().BuildServiceProvider().GetRequiredService<IMeterFactory>());
}
