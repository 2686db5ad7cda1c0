using System.Reflection;

namespace Orleans.Runtime;

/// <summary>What callers hold: turns method calls into <see cref="Call"/>s. One is generated per interface, further ones are clones of it.</summary>
public class GrainReference : DispatchProxy, IAddressable, IEquatable<GrainReference>
{
    private GrainInterface _interface = null!;
    private Activation? _lastSeen;

    public GrainId GrainId { get; private set; }

    internal Silo Runtime { get; private set; } = null!;

    public bool Equals(GrainReference? other) => other is not null && other.GrainId == GrainId;

    public override bool Equals(object? obj) => Equals(obj as GrainReference);

    public override int GetHashCode() => GrainId.GetHashCode();

    public override string ToString() => $"GrainReference:{GrainId}:{_interface.Type.Name}";

    internal void Bind(Silo runtime, GrainInterface type)
    {
        Runtime = runtime;
        _interface = type;
    }

    internal GrainReference To(GrainId id)
    {
        var reference = (GrainReference)MemberwiseClone();
        reference.GrainId = id;
        return reference;
    }

    internal void Send(Call call)
    {
        if (_lastSeen is not { } activation || !activation.Receive(call))
        {
            _lastSeen = Runtime.Catalog.Deliver(GrainId, call);
        }
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => _interface.Method(targetMethod!).Send(this, args ?? []);
}
