using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Grpc.AspNetCore.Server;

/// <summary>Makes an endpoint of every method of a service, by way of the binding code that was generated for it.</summary>
internal sealed class ServiceMapper<TService> : ServiceBinderBase
    where TService : class
{
    private readonly IEndpointRouteBuilder _routes;
    private readonly CallSettings _settings;
    private readonly List<IEndpointConventionBuilder> _endpoints = [];
    private readonly HashSet<string> _serviceNames = [];

    private ServiceMapper(IEndpointRouteBuilder routes, GrpcServiceOptions options) => (_routes, _settings) = (
        routes,
        new CallSettings(
            options,
            routes.ServiceProvider.GetRequiredService<ILoggerFactory>().CreateLogger("Grpc.AspNetCore.Server.ServerCallHandler")));

    public static IReadOnlyList<IEndpointConventionBuilder> Map(IEndpointRouteBuilder routes, MappedServices mapped)
    {
        var options = routes.ServiceProvider.GetRequiredService<IOptions<GrpcServiceOptions>>().Value;
        var mapper = new ServiceMapper<TService>(routes, options);
        BindMethod().Invoke(null, [mapper, null]);
        mapper.MapUnknown(mapped, options);
        return mapper._endpoints;
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var target = Implementation(method, typeof(TRequest), typeof(ServerCallContext));
        Add(method, target, new UnaryHandler<TService, TRequest, TResponse>(method, target, _settings).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Implementation(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        Add(method, target, new ClientStreamingHandler<TService, TRequest, TResponse>(method, target, _settings).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Implementation(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Add(method, target, new ServerStreamingHandler<TService, TRequest, TResponse>(method, target, _settings).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var target = Implementation(
            method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        Add(method, target, new DuplexStreamingHandler<TService, TRequest, TResponse>(method, target, _settings).HandleAsync);
    }

    private static MethodInfo BindMethod()
    {
        for (var type = typeof(TService); type is not null; type = type.BaseType)
        {
            if (type.GetCustomAttribute<BindServiceMethodAttribute>(inherit: false) is { } bind)
            {
                return bind.BindType.GetMethod(bind.BindMethodName, [typeof(ServiceBinderBase), type])!;
            }
        }

        throw new InvalidOperationException($"{typeof(TService)} is not derived from a generated service base.");
    }

    private static MethodInfo Implementation(IMethod method, params Type[] parameters) =>
        typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
        ?? throw new InvalidOperationException($"Could not find '{method.Name}' on {typeof(TService)}.");

    private void Add(IMethod method, MethodInfo target, RequestDelegate handle)
    {
        _serviceNames.Add(method.ServiceName);
        var endpoint = _routes.Map(method.FullName, handle);
        endpoint.Add(builder =>
        {
            builder.DisplayName = $"gRPC - {method.FullName}";
            builder.Metadata.Add(new GrpcMethodMetadata(typeof(TService), method));

            // The method's own attributes come last, so that they win.
            foreach (var attribute in typeof(TService).GetCustomAttributes(inherit: true).Concat(target.GetCustomAttributes(inherit: true)))
            {
                builder.Metadata.Add(attribute);
            }

            builder.Metadata.Add(new HttpMethodMetadata(["POST"], acceptCorsPreflight: true));
        });
        _endpoints.Add(endpoint);
    }

    private void MapUnknown(MappedServices mapped, GrpcServiceOptions options)
    {
        if (options.IgnoreUnknownServices is true)
        {
            return;
        }

        if (mapped.Count == 0)
        {
            _endpoints.Add(Unimplemented.Map(_routes, "{unimplementedService}", "Service is unimplemented."));
        }

        foreach (var name in _serviceNames.Where(mapped.Add))
        {
            _endpoints.Add(Unimplemented.Map(_routes, name, "Method is unimplemented."));
        }
    }
}
