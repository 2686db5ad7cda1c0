using CustomerContext.Silo.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;

namespace CustomerContext.Silo.Tests;

/// <summary>A silo on a clock of the test's own.</summary>
internal static class MovedClock
{
    public static void On(IServiceCollection services, TimeProvider clock)
    {
        services.Replace(ServiceDescriptor.Singleton(clock));

        // Nobody changes the file of tenants here, and while a test moves the clock by days it would be read millions of times.
        services.Remove(services.Single(service => service.ServiceType == typeof(IHostedService) && service.ImplementationFactory?.Method.ReturnType == typeof(TenantsFile)));
    }
}
