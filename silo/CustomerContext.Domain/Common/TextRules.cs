namespace CustomerContext.Domain.Common;

/// <summary>What every text from outside must keep to.</summary>
public static class TextRules
{
    private const char Replacement = '\uFFFD';

    /// <summary>Absent if <paramref name="text"/> has at most <paramref name="maxLength"/> characters, none of them a control character or U+FFFD; else the rule broken.</summary>
    public static Refusal? Check(string text, string field, int maxLength, bool required = true)
    {
        if (text.Length == 0)
        {
            return required ? new Refusal(RefusalReason.InvalidArgument, field, "is required") : null;
        }

        if (Characters(text) > maxLength)
        {
            return new Refusal(RefusalReason.InvalidArgument, field, $"must have at most {maxLength} characters");
        }

        foreach (var c in text)
        {
            if (char.IsControl(c) || c == Replacement)
            {
                return new Refusal(RefusalReason.InvalidArgument, field, "must not hold control characters or U+FFFD");
            }
        }

        return null;
    }

    /// <summary>Characters as the contract counts them: Unicode code points.</summary>
    private static int Characters(string text) => text.Length - text.Count(char.IsLowSurrogate);
}
