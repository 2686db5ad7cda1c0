using System.Collections;

namespace Grpc.AspNetCore.HealthChecks;

public sealed class GrpcHealthChecksOptions
{
    public ServiceMappingCollection Services { get; } = [];

    /// <summary>Whether Check answers what was last published instead of running the checks.</summary>
    public bool UseHealthChecksCache { get; set; }

    /// <summary>Whether a Watch goes on while the application stops, instead of ending with NOT_SERVING.</summary>
    public bool SuppressCompletionOnShutdown { get; set; }
}

public sealed class HealthCheckMapContext(string name, IEnumerable<string> tags)
{
    public string Name { get; } = name;
    public IEnumerable<string> Tags { get; } = tags;
}

/// <summary>Which checks make up the health of which service; the empty name is the server.</summary>
public sealed class ServiceMappingCollection : IEnumerable<ServiceMapping>
{
    private readonly Dictionary<string, ServiceMapping> _mappings = [];

    public int Count => _mappings.Count;

    public void Map(string name, Func<HealthCheckMapContext, bool> predicate) => _mappings[name] = new ServiceMapping(name, predicate);

    public void Remove(string name) => _mappings.Remove(name);

    public void Clear() => _mappings.Clear();

    public IEnumerator<ServiceMapping> GetEnumerator() => _mappings.Values.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal ServiceMapping? Find(string name) => _mappings.GetValueOrDefault(name);
}

public sealed class ServiceMapping(string name, Func<HealthCheckMapContext, bool> predicate)
{
    public string Name { get; } = name;
    public Func<HealthCheckMapContext, bool> HealthCheckPredicate { get; } = predicate;

    internal bool Includes(string check, IEnumerable<string> tags) => HealthCheckPredicate(new HealthCheckMapContext(check, tags));
}
