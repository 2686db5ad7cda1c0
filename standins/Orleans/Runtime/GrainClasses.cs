using System.Collections.Concurrent;
using System.Collections.Frozen;
using System.Reflection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Orleans.Runtime;

/// <summary>All grain classes of the program, found in the assemblies that refer to this one.</summary>
internal sealed class GrainClasses
{
    private readonly FrozenDictionary<GrainType, GrainClass> _byName;
    private readonly ConcurrentDictionary<Type, GrainType> _byInterface = new();

    public GrainClasses(IOptions<GrainCollectionOptions> collection)
    {
        var classes = ProgramAssemblies()
            .SelectMany(assembly => assembly.GetTypes())
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IGrain).IsAssignableFrom(type) && typeof(IGrainBase).IsAssignableFrom(type))
            .Select(Check)
            .Select(type => new GrainClass(type, collection.Value))
            .ToArray();
        var twice = classes.GroupBy(found => found.GrainType).FirstOrDefault(group => group.Count() > 1);
        _byName = twice is null
            ? classes.ToFrozenDictionary(found => found.GrainType)
            : throw new OrleansConfigurationException($"Grain type '{twice.Key}' is the name of {string.Join(" and ", twice.Select(found => found.Type))}.");
    }

    public GrainClass Of(GrainType type) =>
        _byName.TryGetValue(type, out var found) ? found : throw new ArgumentException($"Could not find an implementation for grain type {type}.");

    public GrainType Implementing(Type grainInterface) => _byInterface.GetOrAdd(
        grainInterface,
        type => _byName.Values.Where(found => type.IsAssignableFrom(found.Type)).ToArray() switch
        {
            [var only] => only.GrainType,
            [] => throw new ArgumentException($"Could not find an implementation for interface {type}"),
            var several => throw new ArgumentException($"Several classes implement {type}: {string.Join(", ", several.Select(found => found.Type))}"),
        });

    private static Type Check(Type type)
    {
        foreach (var method in type.GetInterfaces().Where(part => typeof(IGrain).IsAssignableFrom(part)).SelectMany(part => part.GetMethods()))
        {
            GrainMethod.Shape(method);
        }

        return type.IsGenericType ? throw new OrleansConfigurationException($"{type}: generic grains need Stack=packages.") : type;
    }

    private static HashSet<Assembly> ProgramAssemblies()
    {
        var own = typeof(GrainClasses).Assembly.GetName().Name;
        var found = new HashSet<Assembly>();
        var open = new Stack<Assembly>(AppDomain.CurrentDomain.GetAssemblies().Where(assembly => !assembly.IsDynamic));
        while (open.TryPop(out var assembly))
        {
            var references = assembly.GetReferencedAssemblies();
            if (!references.Any(reference => reference.Name == own) || !found.Add(assembly))
            {
                continue;
            }

            foreach (var reference in references.Where(reference => !IsFramework(reference.Name!)))
            {
                open.Push(Assembly.Load(reference));
            }
        }

        return found;
    }

    private static bool IsFramework(string name) =>
        name.StartsWith("System.", StringComparison.Ordinal) || name.StartsWith("Microsoft.", StringComparison.Ordinal);
}
