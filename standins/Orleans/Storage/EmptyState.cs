using System.Runtime.CompilerServices;

namespace Orleans.Storage;

/// <summary>The state of a slot without a record, as the original makes it.</summary>
internal static class EmptyState
{
    /// <summary>From the public constructor without parameters; a type that has none gets an object whose fields are all null or zero.</summary>
    public static T Of<T>() => typeof(T).GetConstructor(Type.EmptyTypes) is null
        ? (T)RuntimeHelpers.GetUninitializedObject(typeof(T))
        : Activator.CreateInstance<T>();
}
