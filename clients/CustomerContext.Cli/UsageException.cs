namespace CustomerContext.Cli;

/// <summary>The command was used wrongly, in a way that only shows when it runs. The text is for the person who typed it.</summary>
internal sealed class UsageException(string message) : Exception(message);
