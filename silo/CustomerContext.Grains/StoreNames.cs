namespace CustomerContext.Grains;

/// <summary>Names that grains and storage share. They are part of stored keys: never change one.</summary>
public static class StoreNames
{
    /// <summary>The grain storage of everything.</summary>
    public const string Store = "customercontext";

    /// <summary>State of a customer: the live context.</summary>
    public const string Context = "context";

    /// <summary>State of a subject identifier.</summary>
    public const string Identity = "identity";
}
