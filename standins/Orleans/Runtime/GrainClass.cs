using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Orleans.Concurrency;
using Orleans.Configuration;
using Orleans.Core;

namespace Orleans.Runtime;

/// <summary>A grain class: its name, and how its objects are made.</summary>
internal sealed class GrainClass
{
    private readonly ObjectFactory _factory;
    private readonly Func<Activation, IStorage>[] _slots;

    public GrainClass(Type type, GrainCollectionOptions collection)
    {
        Type = type;
        GrainType = GrainType.Create(type.GetCustomAttribute<GrainTypeAttribute>()?.GrainType ?? NameByConvention(type));
        IsReentrant = type.IsDefined(typeof(ReentrantAttribute), inherit: true);
        CollectionAge = collection.ClassSpecificCollectionAge.GetValueOrDefault(type.FullName!, collection.CollectionAge);
        var constructors = type.GetConstructors();
        var parameters = constructors.Length == 1 ? constructors[0].GetParameters() : [];
        var asked = parameters.Where(parameter => parameter.IsDefined(typeof(PersistentStateAttribute))).ToArray();
        _slots = [.. asked.Select(PersistentStateFactory.For)];
        _factory = ActivatorUtilities.CreateFactory(type, [.. asked.Select(parameter => parameter.ParameterType)]);
    }

    public Type Type { get; }

    public GrainType GrainType { get; }

    public bool IsReentrant { get; }

    public TimeSpan CollectionAge { get; }

    /// <summary>Makes the grain object and its state slots, which are still to be read.</summary>
    /// <exception cref="InvalidOperationException">That failed.</exception>
    public (object Grain, IStorage[] Slots) Create(Activation activation)
    {
        try
        {
            var slots = Array.ConvertAll(_slots, slot => slot(activation));
            return (_factory(activation.ActivationServices, slots), slots);
        }
        catch (Exception error)
        {
            throw new InvalidOperationException($"Failed to create an instance of grain type '{Type}'. See InnerException for details.", error);
        }
    }

    public static ValueTask DisposeInstance(object? grain)
    {
        if (grain is IAsyncDisposable asynchronous)
        {
            return asynchronous.DisposeAsync();
        }

        (grain as IDisposable)?.Dispose();
        return default;
    }

    private static string NameByConvention(Type type)
    {
        var name = type.Name.ToLowerInvariant();
        return name.Length > 5 && name.EndsWith("grain", StringComparison.Ordinal) ? name[..^5] : name;
    }
}
