using System.Collections.Immutable;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using CustomerContext.Grains;

namespace CustomerContext.Silo.Hosting;

/// <summary>Randomness of the operating system.</summary>
internal sealed class SystemEntropy : IEntropy
{
    public ImmutableArray<byte> Bytes(int count) => ImmutableCollectionsMarshal.AsImmutableArray(RandomNumberGenerator.GetBytes(count));
}
