namespace CustomerContext.Domain.Common;

/// <summary>What every text from outside must keep to.</summary>
public static class TextRules
{
    /// <summary>Absent if <paramref name="text"/> has at most <paramref name="maxLength"/> characters, none of them hidden (<see cref="HiddenCharacters"/>); else the rule broken.</summary>
    public static Refusal? Check(string text, string field, int maxLength, bool required = true)
    {
        if (text.Length == 0)
        {
            return required ? new Refusal(RefusalReason.InvalidArgument, field, "is required") : null;
        }

        if (text.Length > maxLength && Characters(text) > maxLength)
        {
            return new Refusal(RefusalReason.InvalidArgument, field, $"must have at most {maxLength} characters");
        }

        return HiddenCharacters.AreIn(text) ? new Refusal(RefusalReason.InvalidArgument, field, $"must have {HiddenCharacters.Rule}") : null;
    }

    /// <summary>Characters as the contract counts them: Unicode code points.</summary>
    private static int Characters(string text) => text.Length - text.Count(char.IsLowSurrogate);
}
