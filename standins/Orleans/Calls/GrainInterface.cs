using System.Collections.Frozen;
using System.Reflection;

namespace Orleans.Runtime;

/// <summary>A grain interface, compiled: its methods and a reference to copy.</summary>
internal sealed class GrainInterface
{
    private readonly FrozenDictionary<MethodInfo, GrainMethod> _methods;
    private readonly GrainReference _template;

    public GrainInterface(Silo silo, Type type)
    {
        if (!type.IsInterface || !typeof(IAddressable).IsAssignableFrom(type))
        {
            throw new ArgumentException($"{type} is not a grain interface.", nameof(type));
        }

        Type = type;
        _methods = type.GetInterfaces().Prepend(type).SelectMany(part => part.GetMethods()).ToFrozenDictionary(method => method, GrainMethod.Compile);
        _template = (GrainReference)DispatchProxy.Create(type, typeof(GrainReference));
        _template.Bind(silo, this);
    }

    public Type Type { get; }

    public GrainMethod Method(MethodInfo method) => _methods[method];

    public GrainReference Refer(GrainId id) => _template.To(id);
}
