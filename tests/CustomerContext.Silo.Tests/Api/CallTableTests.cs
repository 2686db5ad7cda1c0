using CustomerContext.Silo.Api.Calls;
using CustomerContext.V1;

namespace CustomerContext.Silo.Tests.Api;

public class CallTableTests
{
    [Fact]
    public void Find_EveryMethodOfTheContract_HasARule()
    {
        var methods = new[] { ContextService.Descriptor, SignalService.Descriptor, ConsentService.Descriptor, IdentityService.Descriptor, TribeService.Descriptor, AttentionService.Descriptor }
            .SelectMany(service => service.Methods, (service, method) => $"/{service.FullName}/{method.Name}")
            .ToArray();

        Assert.NotEmpty(methods);
        Assert.All(methods, method => Assert.NotNull(CallTable.Find(method)));
    }

    [Fact]
    public void Find_HealthAndReflection_AnyoneMayCall()
    {
        Assert.Null(CallTable.Find("/grpc.health.v1.Health/Check"));
        Assert.Null(CallTable.Find("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo"));
    }
}
