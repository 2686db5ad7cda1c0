using CustomerContext.Domain.Common;

namespace CustomerContext.Domain.Joins;

/// <summary>The shapes of what people type and pages send.</summary>
public static class JoinCode
{
    private const int GroupDigits = 3;

    /// <summary>True for nine digits, which alone can be a join code.</summary>
    public static bool IsCode(string digits) => digits.Length == Limits.Joins.CodeDigits && digits.All(char.IsAsciiDigit);

    /// <summary>A code as it is read out: three groups of three.</summary>
    public static string Shown(string code) => string.Join(' ', code.Chunk(GroupDigits).Select(group => new string(group)));

    /// <summary>The rule that a browser's session breaks; absent if none.</summary>
    public static Refusal? CheckSession(string session, string field) =>
        session.Length is >= Limits.Joins.SessionLeast and <= Limits.Joins.SessionCharacters && session.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')
            ? null
            : new Refusal(
                RefusalReason.InvalidArgument, field, $"must be {Limits.Joins.SessionLeast} to {Limits.Joins.SessionCharacters} characters of A-Z, a-z, 0-9, '-' and '_'");

    /// <summary>The rule that a link's proof breaks; absent if none. Empty is no link.</summary>
    public static Refusal? CheckProof(string proof, string field, bool required = false) =>
        TextRules.Check(proof, field, Limits.Joins.ProofCharacters, required);
}
