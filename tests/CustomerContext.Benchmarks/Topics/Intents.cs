using System.Text;

namespace CustomerContext.Benchmarks.Topics;

/// <summary>Customers' questions with what each is about, as BANKING77 has them: a CSV file with the columns text and category.</summary>
internal static class Intents
{
    private const string FileName = "banking77_train.csv";

    /// <summary>The questions in a folder.</summary>
    /// <exception cref="FormatException">There are none.</exception>
    public static IReadOnlyList<(string Text, string Intent)> Read(string folder)
    {
        var path = Path.Combine(folder, FileName);
        if (!File.Exists(path))
        {
            throw new FormatException($"There is no {FileName} in {folder}.");
        }

        return [.. Records(File.ReadAllText(path)).Skip(1).Where(record => record.Count == 2).Select(record => (record[0].Trim(), record[1].Trim()))];
    }

    /// <summary>The words of an intent's name that mean something.</summary>
    public static string[] WordsOf(string intent, IReadOnlySet<string> stopWords) =>
        [.. intent.ToLowerInvariant().Trim('?').Split('_').Where(word => word.Length > 1 && !stopWords.Contains(word)).Distinct()];

    private static IEnumerable<List<string>> Records(string csv)
    {
        var (record, field, isQuoted) = (new List<string>(), new StringBuilder(), false);
        foreach (var unit in csv)
        {
            if (unit == '"')
            {
                isQuoted = !isQuoted; // A doubled quote ends and begins anew: the questions hold none that matter.
            }
            else if (unit is ',' or '\n' && !isQuoted)
            {
                record.Add(field.ToString());
                field.Clear();
                if (unit == '\n')
                {
                    yield return record;
                    record = [];
                }
            }
            else if (unit != '\r')
            {
                field.Append(unit);
            }
        }
    }
}
