using System.Collections.Immutable;

namespace CustomerContext.Grains;

/// <summary>Where randomness comes from: customer keys, salts, names of watches.</summary>
public interface IEntropy
{
    /// <summary><paramref name="count"/> unpredictable bytes.</summary>
    ImmutableArray<byte> Bytes(int count);
}
