using System.Collections.ObjectModel;
using System.IO.Compression;
using Grpc.Core.Interceptors;

namespace Grpc.AspNetCore.Server;

public class GrpcServiceOptions
{
    /// <summary>In bytes; null is no limit, which is the default.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>In bytes; null is no limit. Defaults to 4 MB.</summary>
    public int? MaxReceiveMessageSize { get; set; } = 4 * 1024 * 1024;

    public bool? EnableDetailedErrors { get; set; }

    /// <summary>gzip or deflate; null, the default, compresses nothing.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    public CompressionLevel? ResponseCompressionLevel { get; set; }

    public bool? IgnoreUnknownServices { get; set; }

    public InterceptorCollection Interceptors { get; } = [];
}

public class InterceptorCollection : Collection<InterceptorRegistration>
{
    public void Add<TInterceptor>(params object[] args)
        where TInterceptor : Interceptor => Add(typeof(TInterceptor), args);

    public void Add(Type interceptorType, params object[] args) => Add(new InterceptorRegistration(interceptorType, args));
}

public class InterceptorRegistration
{
    internal InterceptorRegistration(Type type, object[] arguments)
    {
        if (!type.IsSubclassOf(typeof(Interceptor)))
        {
            throw new ArgumentException($"Type must inherit from {typeof(Interceptor).FullName}.", nameof(type));
        }

        (Type, Arguments) = (type, arguments);
    }

    public Type Type { get; }
    public IReadOnlyList<object> Arguments { get; }
}
