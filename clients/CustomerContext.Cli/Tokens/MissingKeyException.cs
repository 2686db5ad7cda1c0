namespace CustomerContext.Cli.Tokens;

/// <summary>There is no development key to make a token with.</summary>
internal sealed class MissingKeyException(string path, Exception inner) : Exception(
    $"No development key at {path}. The server makes it at its first start: run ./run, "
        + "point --data (or CTX_DATA) at its data directory, or bring a token with --token.",
    inner);
