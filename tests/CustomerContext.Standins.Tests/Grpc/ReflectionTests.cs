using Google.Protobuf.Reflection;
using Grpc.Core;
using Grpc.Reflection.V1;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace CustomerContext.Standins.Tests.Grpc;

public class ReflectionTests
{
    [Fact]
    public async Task ListServices_Always_NamesAllThatAreMapped()
    {
        var response = await AskAsync(new ServerReflectionRequest { ListServices = "" });

        Assert.Equal(
            ["grpc.reflection.v1.ServerReflection", "grpc.reflection.v1alpha.ServerReflection", "probe.Probe"],
            response.ListServicesResponse.Service.Select(service => service.Name).Order());
    }

    [Theory]
    [InlineData("probe.Probe")]
    [InlineData("probe.Probe.Ask")]
    [InlineData("probe.Question")]
    public async Task FileContainingSymbol_Known_IsItsFile(string symbol)
    {
        var response = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = symbol });

        var file = FileDescriptorProto.Parser.ParseFrom(response.FileDescriptorResponse.FileDescriptorProto[0]);
        Assert.Equal(["Ask", "List", "Collect", "Talk"], file.Service[0].Method.Select(method => method.Name));
    }

    [Fact]
    public async Task FileByFilename_OfSymbol_IsTheSame()
    {
        var bySymbol = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "probe.Probe" });
        var name = FileDescriptorProto.Parser.ParseFrom(bySymbol.FileDescriptorResponse.FileDescriptorProto[0]).Name;

        var byName = await AskAsync(new ServerReflectionRequest { FileByFilename = name });

        Assert.Equal(bySymbol.FileDescriptorResponse, byName.FileDescriptorResponse);
    }

    [Fact]
    public async Task Lookup_Unknown_IsNotFound()
    {
        var symbol = await AskAsync(new ServerReflectionRequest { FileContainingSymbol = "nobody.Nothing" });
        var file = await AskAsync(new ServerReflectionRequest { FileByFilename = "nothing.proto" });

        Assert.Equal((int)StatusCode.NotFound, symbol.ErrorResponse.ErrorCode);
        Assert.Equal((int)StatusCode.NotFound, file.ErrorResponse.ErrorCode);
    }

    [Fact]
    public async Task Lookup_Extensions_AreUnimplemented()
    {
        var response = await AskAsync(new ServerReflectionRequest { AllExtensionNumbersOfType = "probe.Question" });

        Assert.Equal((int)StatusCode.Unimplemented, response.ErrorResponse.ErrorCode);
    }

    private static async Task<ServerReflectionResponse> AskAsync(ServerReflectionRequest request)
    {
        await using var host = await ProbeHost.StartAsync(
            configure: builder => builder.Services.AddGrpcReflection(), map: app => app.MapGrpcReflectionService());
        using var call = new ServerReflection.ServerReflectionClient(host.Channel).ServerReflectionInfo();
        await call.RequestStream.WriteAsync(request);
        Assert.True(await call.ResponseStream.MoveNext());
        var response = call.ResponseStream.Current;
        await call.RequestStream.CompleteAsync();
        Assert.False(await call.ResponseStream.MoveNext());
        return response;
    }
}
