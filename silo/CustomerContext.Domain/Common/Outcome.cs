using System.Diagnostics.CodeAnalysis;
using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>Either a value or a <see cref="Refusal"/>. Expected failures are values; only faults are exceptions.</summary>
[GenerateSerializer, Immutable, Alias("Outcome`1")]
public readonly record struct Outcome<T>
{
    private Outcome(T? value, Refusal? refusal) => (Value, Refusal) = (value, refusal);

    /// <summary>The value; default if refused.</summary>
    [Id(0)]
    public T? Value { get; init; }

    /// <summary>Why not; absent if there is a value.</summary>
    [Id(1)]
    public Refusal? Refusal { get; init; }

    /// <summary>True if there is a value.</summary>
    [MemberNotNullWhen(true, nameof(Value))]
    [MemberNotNullWhen(false, nameof(Refusal))]
    public bool IsOk => Refusal is null;

    /// <summary>A success; for interfaces, which cannot convert implicitly.</summary>
    [SuppressMessage("Design", "CA1000:Do not declare static members on generic types", Justification = "There is no other place.")]
    public static Outcome<T> Ok(T value) => new(value, null);

    /// <summary>A success.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
    public static implicit operator Outcome<T>(T value) => new(value, null);

    /// <summary>A refusal.</summary>
    [SuppressMessage("Usage", "CA2225:Operator overloads have named alternates", Justification = "The constructor is the alternate.")]
    public static implicit operator Outcome<T>(Refusal refusal) => new(default, refusal);
}
