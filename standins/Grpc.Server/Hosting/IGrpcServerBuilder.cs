using Grpc.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

public interface IGrpcServerBuilder
{
    IServiceCollection Services { get; }
}

/// <summary>What an endpoint of a gRPC method carries.</summary>
public sealed class GrpcMethodMetadata(Type serviceType, IMethod method)
{
    public Type ServiceType { get; } = serviceType;
    public IMethod Method { get; } = method;
}

/// <summary>The names of services that have endpoints, so that each gets its answer to unknown methods once.</summary>
internal sealed class MappedServices : HashSet<string>;
