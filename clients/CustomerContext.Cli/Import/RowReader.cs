using System.Globalization;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Cli.Import;

/// <summary>Reads the cells of one row for one signal, and remembers the first thing that is wrong. Once something is, what it returns does not matter.</summary>
/// <param name="cell">The text in a column.</param>
/// <param name="times">How the export writes times.</param>
/// <param name="now">Now.</param>
internal sealed class RowReader(Func<string, string> cell, CellTimes times, DateTimeOffset now)
{
    /// <summary>What a value is when the map does not say what the text in the column means.</summary>
    private const string UnknownValue = "UNKNOWN_VALUE";

    /// <summary>What is against a rule of the contract.</summary>
    private const string InvalidArgument = "INVALID_ARGUMENT";

    /// <summary>As the server has it: how far a signal may lie ahead of its clock.</summary>
    private static readonly TimeSpan _ahead = TimeSpan.FromMinutes(5);

    /// <summary>A code, and a text for people that names the column and repeats nothing of it. Absent: all is well so far.</summary>
    public (string Reason, string Why)? Problem { get; private set; }

    /// <summary>The text in a column, without spaces around it.</summary>
    public string Text(string column) => cell(column).Trim();

    /// <summary>The value; empty if there is none.</summary>
    public string Text(MapValue value)
    {
        if (value.Always is { } always)
        {
            return always;
        }

        var text = Text(value.Column!);
        if (value.Values is null)
        {
            return text;
        }

        var meaning = value.Values.GetValueOrDefault(text) ?? value.Else;
        if (meaning is null && text.Length > 0)
        {
            Refuse(UnknownValue, value.Column!, "holds something that is not among the map's values; 'else' can say what all others mean");
        }

        return meaning ?? "";
    }

    /// <summary>A value of a bounded length that must be there.</summary>
    public string Required(MapValue value, int most) => Bounded(Text(value), value.Column ?? "always", most);

    /// <summary>The same of a column.</summary>
    public string Required(string column, int most) => Bounded(Text(column), column, most);

    /// <summary>A coded name: 1 to 40 characters of a-z, 0-9, '-' and '_'.</summary>
    public string Coded(MapValue value)
    {
        var text = Text(value);
        if (text.Length is 0 or > 40 || !text.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter is '-' or '_'))
        {
            Refuse(InvalidArgument, value.Column ?? "always", "must be 1 to 40 characters of a-z, 0-9, '-' and '_'; values in the map can translate it");
        }

        return text;
    }

    /// <summary>A number within bounds.</summary>
    public double Number(MapValue value, double lowest, double highest)
    {
        if (!double.TryParse(Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var number) || !(number >= lowest && number <= highest))
        {
            Refuse(InvalidArgument, value.Column ?? "always", $"must be a number from {lowest} to {highest}; values in the map can translate it");
        }

        return number;
    }

    /// <summary>When it happened.</summary>
    public Timestamp Time(string column)
    {
        var (time, rule) = times.Read(Text(column));
        if ((rule ?? (time > now + _ahead ? "must not lie ahead" : null)) is { } broken)
        {
            Refuse(InvalidArgument, column, broken);
        }

        return Timestamp.FromDateTimeOffset(time);
    }

    /// <summary>Notes that something is wrong, unless something was before.</summary>
    public void Refuse(string column, string rule) => Refuse(InvalidArgument, column, rule);

    private string Bounded(string text, string column, int most)
    {
        if (text.Length == 0 || text.Length > most)
        {
            Refuse(InvalidArgument, column, $"must be 1 to {most} characters");
        }

        return text;
    }

    private void Refuse(string reason, string column, string rule) => Problem ??= (reason, $"{column} {rule}");
}
