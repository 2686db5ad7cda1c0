using Orleans;

namespace CustomerContext.Grains.Durability;

/// <summary>The silo that has the grain stops, so nothing is waited for there. Ask again: another silo will have the grain.</summary>
[GenerateSerializer, Alias("SiloLeavingException")]
public sealed class SiloLeavingException() : Exception("The grain leaves the silo that has it.");
