namespace Orleans.Runtime;

public class OrleansException : Exception
{
    public OrleansException()
    {
    }

    public OrleansException(string message) : base(message)
    {
    }

    public OrleansException(string message, Exception innerException) : base(message, innerException)
    {
    }
}

/// <summary>A setting is missing, contradictory, or not to be had from the stand-in.</summary>
public sealed class OrleansConfigurationException(string message) : Exception(message);

/// <summary>A call was turned down before it reached the grain.</summary>
public class OrleansMessageRejectionException : OrleansException
{
    internal OrleansMessageRejectionException(string message) : base(message)
    {
    }
}

/// <summary>The silo has not started, or is going down.</summary>
public sealed class SiloUnavailableException(string msg) : OrleansMessageRejectionException(msg);
