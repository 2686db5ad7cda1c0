using System.Reflection;
using Google.Protobuf.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;

namespace Grpc.Reflection;

/// <summary>The services that have endpoints, and the files that describe them by file name and by symbol.</summary>
internal sealed class DescriptorIndex
{
    private readonly Dictionary<string, FileDescriptor> _byName = [];
    private readonly Dictionary<string, FileDescriptor> _bySymbol = [];

    public DescriptorIndex(EndpointDataSource endpoints)
    {
        var services = endpoints.Endpoints.Select(endpoint => endpoint.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType)
            .OfType<Type>().Distinct().Select(DescriptorOf).OfType<ServiceDescriptor>().ToArray();
        Services = [.. services.Select(service => service.FullName)];
        foreach (var service in services)
        {
            Add(service.File);
        }
    }

    public IReadOnlyList<string> Services { get; }

    public FileDescriptor? ByName(string name) => _byName.GetValueOrDefault(name);

    public FileDescriptor? BySymbol(string symbol) => _bySymbol.GetValueOrDefault(symbol);

    private static ServiceDescriptor? DescriptorOf(Type service) =>
        service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType.GetProperty("Descriptor")?.GetValue(null) as ServiceDescriptor;

    private void Add(FileDescriptor file)
    {
        if (!_byName.TryAdd(file.Name, file))
        {
            return;
        }

        foreach (var dependency in file.Dependencies)
        {
            Add(dependency);
        }

        foreach (var symbol in file.MessageTypes.SelectMany(Nested)
            .Concat(file.EnumTypes)
            .Concat(file.Services.SelectMany(service => service.Methods.AsEnumerable<IDescriptor>().Append(service))))
        {
            _bySymbol[symbol.FullName] = file;
        }
    }

    private static IEnumerable<IDescriptor> Nested(MessageDescriptor message) =>
        message.NestedTypes.SelectMany(Nested).Concat(message.EnumTypes).Append(message);
}
