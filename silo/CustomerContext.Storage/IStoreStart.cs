namespace CustomerContext.Storage;

/// <summary>Opens and checks the store before anything else begins.</summary>
internal interface IStoreStart
{
    /// <exception cref="StorageStartException">The store must not be used as it is.</exception>
    Task StartAsync();
}
