using CustomerContext.Grains.Durability;

namespace CustomerContext.Storage;

/// <inheritdoc cref="IStorePace"/>
internal sealed class StorePace(IStoreNotes notes) : IStorePace
{
    private const string Name = "pace";

    /// <summary>As long as the state of a customer about whom little is known.</summary>
    private static readonly string _filler = new('0', 1_024);

    public async Task WriteNothing()
    {
        try
        {
            await notes.WriteAsync(Name, _filler);
        }
        catch (StoreUnavailableException error)
        {
            throw new StateUnavailableException(error);
        }
    }
}
