using System.Text;

namespace CustomerContext.Cli.Output;

/// <summary>Values of the contract's enums for people, and back to how scripts know them.</summary>
internal static class Words
{
    /// <summary>"TopOfMind" as "top of mind".</summary>
    public static string Of(Enum value) => Split(value, ' ').ToLowerInvariant();

    /// <summary>"TopOfMind" as "top-of-mind".</summary>
    public static string Dashed(Enum value) => Split(value, '-').ToLowerInvariant();

    /// <summary>"TooLate" as "TOO_LATE".</summary>
    public static string Code(Enum value) => Split(value, '_').ToUpperInvariant();

    /// <summary>"one signal", "2 signals".</summary>
    public static string Count(long count, string noun) => count == 1 ? $"1 {noun}" : $"{count:N0} {noun}s";

    private static string Split(Enum value, char separator)
    {
        var text = new StringBuilder();
        foreach (var letter in value.ToString())
        {
            if (char.IsUpper(letter) && text.Length > 0)
            {
                text.Append(separator);
            }

            text.Append(letter);
        }

        return text.ToString();
    }
}
