using Orleans;

namespace CustomerContext.Grains.Durability;

/// <summary>A grain's state could not be written or read; whether a write landed is unknown. Try again.</summary>
[GenerateSerializer, Alias("StateUnavailableException")]
public sealed class StateUnavailableException : Exception
{
    private const string Text = "The state of a grain could not be stored or read.";

    /// <summary>Made by the serializer.</summary>
    public StateUnavailableException()
        : base(Text)
    {
    }

    /// <summary>Wraps what the store said.</summary>
    public StateUnavailableException(Exception cause)
        : base(Text, cause)
    {
    }
}
