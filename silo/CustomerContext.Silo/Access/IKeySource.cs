namespace CustomerContext.Silo.Access;

/// <summary>Where an issuer's keys come from.</summary>
internal interface IKeySource
{
    /// <summary>The keys as known; absent if none are, or those that were are too old to be believed. Sees to it that they stay fresh, and waits for nothing.</summary>
    KeySet? Known();

    /// <summary>The keys to check a token of <paramref name="kid"/> with. The key may be missing from them; absent as <see cref="Known"/>.</summary>
    ValueTask<KeySet?> For(string kid);
}

/// <summary>A key that never changes.</summary>
internal sealed class FixedKeys(KeySet keys) : IKeySource
{
    public KeySet? Known() => keys;

    public ValueTask<KeySet?> For(string kid) => ValueTask.FromResult(Known());
}
