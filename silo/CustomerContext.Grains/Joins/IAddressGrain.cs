using Orleans;

namespace CustomerContext.Grains.Joins;

/// <summary>One address that messages go to; the key is its keyed hash.</summary>
[Alias("IAddressGrain")]
public interface IAddressGrain : IGrainWithStringKey
{
    /// <summary>Takes one of the month's messages for the request <paramref name="join"/>. A repeat for the same request takes no other.</summary>
    /// <returns>True if the message may go.</returns>
    [Alias("Take")]
    Task<bool> Take(string join);

    /// <summary>Never again a message. Idempotent.</summary>
    [Alias("Stop")]
    Task Stop();
}
