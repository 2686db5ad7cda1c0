namespace CustomerContext.Silo.Config;

/// <summary>The configuration is wrong; the message has one line for each fault.</summary>
internal sealed class SiloConfigException(IReadOnlyCollection<string> errors)
    : Exception("The configuration is wrong:" + string.Concat(errors.Select(error => $"{Environment.NewLine}  {error}")))
{
    /// <summary>One text for each fault, starting with its key.</summary>
    public IReadOnlyCollection<string> Errors { get; } = errors;
}
