namespace StackExchange.Redis;

internal static class Scripts
{
    /// <summary>
    /// Runs a script; once more if the server has forgotten it, as the current client does by itself. (1.2.6 sends a known script by its hash, and on
    /// NOSCRIPT fails the call but sends the text the next time. Nothing has been run then.)
    /// </summary>
    public static async Task<RedisResult> RunScript(this IDatabase database, string script, RedisKey key, RedisValue[] values)
    {
        try
        {
            return await database.ScriptEvaluateAsync(script, [key], values);
        }
        catch (RedisServerException error) when (error.Message.StartsWith("NOSCRIPT", StringComparison.Ordinal))
        {
            return await database.ScriptEvaluateAsync(script, [key], values);
        }
    }
}
