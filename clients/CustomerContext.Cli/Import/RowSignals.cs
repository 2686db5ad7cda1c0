using CustomerContext.Cli.Replay;
using CustomerContext.V1;

namespace CustomerContext.Cli.Import;

/// <summary>What a row of an export says, by its map.</summary>
internal static class RowSignals
{
    /// <summary>A row without anything that names a person.</summary>
    public const string NoSubject = "NO_SUBJECT";

    /// <summary>A row of a person that says none of what the map knows.</summary>
    public const string NothingSaid = "NOTHING_SAID";

    private const int IdCharacters = 128;
    private const int TextCharacters = 10_000;
    private const int TopicCharacters = 40;
    private const int Topics = 8;

    /// <summary>One line for each signal, refused ones too; or one that says why there is none.</summary>
    /// <param name="map">Which columns say what.</param>
    /// <param name="number">The number of the line at which the row begins.</param>
    /// <param name="cell">The text in a column.</param>
    /// <param name="now">Now.</param>
    public static IReadOnlyList<ReplayLine> Of(ImportMap map, long number, Func<string, string> cell, DateTimeOffset now)
    {
        if (string.IsNullOrWhiteSpace(cell(map.Subject.Column)))
        {
            return [new ReplayLine.Skipped(number, NoSubject)];
        }

        ReplayLine[] said = [.. map.Signals.Select(what => LineOf(map, what, number, new RowReader(cell, map.Times, now))).OfType<ReplayLine>()];
        return said.Length > 0 ? said : [new ReplayLine.Skipped(number, NothingSaid)];
    }

    private static ReplayLine? LineOf(ImportMap map, MapSignal what, long number, RowReader row)
    {
        if (row.Text(what.Time).Length == 0)
        {
            return null;
        }

        var signal = new Signal { Source = map.Source, OccurredTime = row.Time(what.Time), Subject = SubjectOf(map.Subject, row) };
        signal.Id = IdOf(map, what, signal.OccurredTime.Seconds, row);
        if (!Fill(signal, what, row) && row.Problem is null)
        {
            return null;
        }

        return row.Problem is var (reason, why) ? new ReplayLine.Refused(number, reason, why) : new ReplayLine.OfSignal(number, signal);
    }

    /// <summary>The same row says the same under the same id, so it counts once; at another time it is something new.</summary>
    private static string IdOf(ImportMap map, MapSignal what, long second, RowReader row)
    {
        var (before, after) = ($"{map.Name}/", $"/{what.Name}/{second}");
        return before + row.Required(map.Id, IdCharacters - before.Length - after.Length) + after;
    }

    private static SubjectIdentifier SubjectOf(MapSubject subject, RowReader row)
    {
        var text = row.Text(subject.Column);
        switch (subject.Kind)
        {
            case SubjectKind.Email:
                if (text.Length is < 3 or > 254 || text.Count(letter => letter == '@') != 1)
                {
                    row.Refuse(subject.Column, "must be an e-mail address of at most 254 characters");
                }

                return new SubjectIdentifier { Email = text };
            case SubjectKind.Phone:
                var number = string.Concat(text.Where(letter => letter is not (' ' or '-' or '.' or '/' or '(' or ')')));
                if (number is not ['+', .. { Length: >= 2 and <= 15 } digits] || !digits.All(char.IsAsciiDigit))
                {
                    row.Refuse(subject.Column, "must be a phone number that begins with '+' and the country");
                }

                return new SubjectIdentifier { PhoneNumber = number };
            default:
                return new SubjectIdentifier { Opaque = row.Required(subject.Column, IdCharacters) };
        }
    }

    /// <returns>False: the row does not say this.</returns>
    private static bool Fill(Signal signal, MapSignal what, RowReader row)
    {
        switch (what)
        {
            case MapSignal.OfConversation turn:
                signal.Conversation = TurnOf(turn, row);
                signal.Link = turn.Link is null ? "" : row.Text(turn.Link);
                return true;
            case MapSignal.OfSurvey survey when row.Text(survey.Answer).Length > 0:
                signal.Survey = new SurveySignal
                {
                    Question = survey.Question,
                    Answer = row.Number(survey.Answer, survey.Lowest, survey.Highest),
                    ScaleMinimum = survey.Lowest,
                    ScaleMaximum = survey.Highest,
                    Topics = { TopicsOf(survey.Topics, row) },
                };
                return true;
            case MapSignal.OfTrait trait when row.Text(trait.Value).Length > 0:
                signal.Trait = new TraitSignal { Name = trait.Trait, Value = row.Required(trait.Value, 64) };
                return true;
            default:
                return false;
        }
    }

    private static ConversationSignal TurnOf(MapSignal.OfConversation turn, RowReader row)
    {
        var made = new ConversationSignal
        {
            ConversationId = row.Required(turn.Id, IdCharacters),
            Channel = row.Coded(turn.Channel),
            Role = turn.Role,
            State = turn.State,
            Topics = { TopicsOf(turn.Topics, row) },
        };
        if (turn.Text is not null && row.Text(turn.Text) is { Length: > 0 } text)
        {
            made.Text = Beginning(text);
        }

        return made;
    }

    /// <summary>As much of a text as can be scored. Without half a character at its end, which would be none.</summary>
    private static string Beginning(string text) =>
        text.Length <= TextCharacters ? text : text[..(char.IsHighSurrogate(text[TextCharacters - 1]) ? TextCharacters - 1 : TextCharacters)];

    private static IEnumerable<string> TopicsOf(IReadOnlyList<MapValue> topics, RowReader row) =>
        topics.Select(row.Text).Where(topic => topic.Length is > 0 and <= TopicCharacters).Distinct(StringComparer.Ordinal).Take(Topics);
}
