using CustomerContext.Domain.Access;
using CustomerContext.Silo.Api.Calls;
using CustomerContext.V1;

namespace CustomerContext.Silo.Tests.Api;

public class CallTableTests
{
    [Fact]
    public void Find_EveryMethodOfTheContract_HasARule()
    {
        var methods = new[] { ContextService.Descriptor, SignalService.Descriptor, ConsentService.Descriptor, IdentityService.Descriptor, TribeService.Descriptor, AttentionService.Descriptor, WebhookService.Descriptor, CatalogService.Descriptor }
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

    [Theory]
    [InlineData("ConsentService/RevokeGrant", Lane.Free)]
    [InlineData("ConsentService/PauseAll", Lane.Free)]
    [InlineData("ConsentService/EraseCustomer", Lane.Free)]
    [InlineData("ConsentService/ListGrants", Lane.Other)]
    [InlineData("ContextService/GetContext", Lane.Looks)]
    [InlineData("IdentityService/ResolveCustomer", Lane.Looks)]
    [InlineData("SignalService/StreamSignals", Lane.Signals)]
    public void Find_Method_IsInItsLane(string method, Lane lane) => Assert.Equal(lane, CallTable.Find($"/customercontext.v1.{method}")!.Lane);

    [Fact]
    public void Find_WhatIsNeverLimited_OnlyTakingBack() => Assert.Equal(
        ["CloseConversation", "DisconnectNetwork", "EraseCustomer", "PauseAll", "RevokeGrant", "StopMessages"],
        ConsentService.Descriptor.Methods.Where(method => CallTable.Find($"/{ConsentService.Descriptor.FullName}/{method.Name}")!.Lane == Lane.Free)
            .Select(method => method.Name).Order());
}
