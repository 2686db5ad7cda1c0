using CustomerContext.V1;

namespace CustomerContext.Cli.Import;

/// <summary>Which columns of an export say what. See docs/import.md.</summary>
/// <param name="Name">Goes into the ids of the signals, so that two exports of one source never have the same. 1 to 40 characters.</param>
/// <param name="Source">One of the company's configured sources.</param>
/// <param name="Id">The column with the export's own id of a row.</param>
/// <param name="Subject">Whom a row is about.</param>
/// <param name="Times">How the export writes times.</param>
/// <param name="Signals">What a row says; at least one.</param>
internal sealed record ImportMap(string Name, string Source, string Id, MapSubject Subject, CellTimes Times, IReadOnlyList<MapSignal> Signals)
{
    /// <summary>A hash of the map's file: another map reads another thing from the same rows.</summary>
    public required string Content { get; init; }

    /// <summary>All columns that are needed.</summary>
    public IEnumerable<string> Columns =>
        new[] { Id, Subject.Column }.Concat(Signals.SelectMany(signal => signal.Columns)).Distinct(StringComparer.Ordinal);
}

/// <summary>How a column names a customer.</summary>
internal enum SubjectKind
{
    Email,
    Phone,
    Id,
}

/// <summary>Whom a row is about.</summary>
/// <param name="Kind">As what.</param>
/// <param name="Column">The column.</param>
internal sealed record MapSubject(SubjectKind Kind, string Column);

/// <summary>Where a value comes from.</summary>
/// <param name="Column">The column. Absent: it is the same for every row.</param>
/// <param name="Always">What it is for every row. Absent: it is in the column.</param>
/// <param name="Values">What the texts of the column mean; an empty meaning is none. Absent: they stand for themselves.</param>
/// <param name="Else">What all others mean, an empty cell too. Absent: an empty cell is no value, and others are refused.</param>
internal sealed record MapValue(string? Column, string? Always, IReadOnlyDictionary<string, string>? Values, string? Else);

/// <summary>One thing that a row says.</summary>
/// <param name="Name">Its name in the map; goes into the ids.</param>
/// <param name="Time">The column that says when. An empty one: the row does not say this.</param>
internal abstract record MapSignal(string Name, string Time)
{
    public IEnumerable<string> Columns => ValueColumns.Select(value => value?.Column).OfType<string>().Append(Time);

    protected abstract IEnumerable<MapValue?> ValueColumns { get; }

    /// <summary>A turn of a conversation. An empty text: a turn without words that count.</summary>
    public sealed record OfConversation(
        string Name, string Time, MapValue Id, MapValue Channel, ParticipantRole Role, ConversationState State, MapValue? Text, MapValue? Link, IReadOnlyList<MapValue> Topics)
        : MapSignal(Name, Time)
    {
        protected override IEnumerable<MapValue?> ValueColumns => [Id, Channel, Text, Link, .. Topics];
    }

    /// <summary>An answer to a question. An empty one: none was given.</summary>
    public sealed record OfSurvey(string Name, string Time, string Question, MapValue Answer, double Lowest, double Highest, IReadOnlyList<MapValue> Topics)
        : MapSignal(Name, Time)
    {
        protected override IEnumerable<MapValue?> ValueColumns => [Answer, .. Topics];
    }

    /// <summary>An attribute. An empty value: nothing is known, and nothing is taken back.</summary>
    public sealed record OfTrait(string Name, string Time, string Trait, MapValue Value) : MapSignal(Name, Time)
    {
        protected override IEnumerable<MapValue?> ValueColumns => [Value];
    }
}
