using System.Buffers;
using Orleans;

namespace CustomerContext.Domain.Common;

/// <summary>A tribe, by its id: 1 to 64 of a-z, 0-9, '-' and '_', case-sensitive.</summary>
[GenerateSerializer, Immutable, Alias("TribeId")]
public readonly record struct TribeId([property: Id(0)] string Value)
{
    private static readonly SearchValues<char> Letters = SearchValues.Create("abcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The rule that <paramref name="id"/> breaks, in words; absent if none.</summary>
    public static string? RuleBroken(string id) =>
        id.Length is 0 or > Limits.Ties.TribeIdCharacters || id.AsSpan().ContainsAnyExcept(Letters)
            ? $"1 to {Limits.Ties.TribeIdCharacters} of a-z, 0-9, '-' and '_'"
            : null;

    /// <inheritdoc/>
    public override string ToString() => Value;
}
