using Orleans;

namespace CustomerContext.Domain.Groups;

/// <summary>128 secret bits from which the noise of one release is drawn.</summary>
[GenerateSerializer, Immutable, Alias("ReleaseSeed")]
public readonly record struct ReleaseSeed([property: Id(0)] ulong High, [property: Id(1)] ulong Low);
