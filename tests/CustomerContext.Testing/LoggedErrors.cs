using System.Text.RegularExpressions;

namespace CustomerContext.Testing;

/// <summary>The errors among the lines that a process has logged.</summary>
public static partial class LoggedErrors
{
    /// <summary>Names a file to which errors are added: a runner shows no more of a clean-up that failed than the type of its exception.</summary>
    private const string FileVariable = "CC_LOGGED_ERRORS";

    /// <summary>Fails if there is an error of a category that does not begin with one of <paramref name="expected"/>.</summary>
    /// <exception cref="InvalidOperationException">There is one; the message has them all.</exception>
    public static void ThrowIfAny(string process, IEnumerable<string> lines, params IReadOnlyCollection<string> expected)
    {
        var errors = In(lines).Where(error => !expected.Any(category => error.StartsWith(category, StringComparison.Ordinal))).ToArray();
        if (errors.Length == 0)
        {
            return;
        }

        var message = $"{process} logged errors that no test expected:\n{string.Join('\n', errors)}\n";
        if (Environment.GetEnvironmentVariable(FileVariable) is { } file)
        {
            File.AppendAllText(file, message);
        }

        throw new InvalidOperationException(message);
    }

    /// <summary>Each error with its category first and the lines that belong to it.</summary>
    private static IEnumerable<string> In(IEnumerable<string> lines)
    {
        List<string>? error = null;
        foreach (var line in lines)
        {
            if (error is not null && !line.StartsWith(' '))
            {
                yield return string.Join('\n', error);
                error = null;
            }

            if (ErrorLine().Match(line) is { Success: true } begun)
            {
                error = [begun.Groups["category"].Value];
            }
            else
            {
                error?.Add(line);
            }
        }

        if (error is not null)
        {
            yield return string.Join('\n', error);
        }
    }

    [GeneratedRegex("^(fail|crit): (?<category>.*)")]
    private static partial Regex ErrorLine();
}
