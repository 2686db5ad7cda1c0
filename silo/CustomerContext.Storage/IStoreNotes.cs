namespace CustomerContext.Storage;

/// <summary>A few short texts that the product keeps in the store about itself.</summary>
internal interface IStoreNotes
{
    /// <summary>The text of this name; absent if there is none.</summary>
    /// <exception cref="StoreUnavailableException">No answer in time.</exception>
    Task<string?> ReadAsync(string name);

    /// <summary>Keeps a text under this name, instead of what was there.</summary>
    /// <exception cref="StoreUnavailableException">Unknown outcome.</exception>
    Task WriteAsync(string name, string text);

    /// <summary>Keeps a text under this name unless there is one; the text that is there then.</summary>
    /// <exception cref="StoreUnavailableException">Unknown outcome.</exception>
    Task<string> WriteOnceAsync(string name, string text);

    /// <summary>One small durable write that names nobody: completes if the store takes writes, and is not seen to have gone back to what it was earlier.</summary>
    /// <exception cref="StoreUnavailableException">It does not, or it has.</exception>
    Task BeatAsync();
}
