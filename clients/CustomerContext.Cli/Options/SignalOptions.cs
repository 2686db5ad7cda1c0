using System.CommandLine;
using System.Globalization;
using CustomerContext.V1;
using Timestamp = Google.Protobuf.WellKnownTypes.Timestamp;

namespace CustomerContext.Cli.Options;

/// <summary>One signal, typed on the command line: words, a score, an answer, a trait, a sign of interest, or something about the people around (<see cref="TieOptions"/>).</summary>
internal sealed class SignalOptions
{
    private readonly Option<string?> _text = new("--text") { Description = "What the customer said; scored and forgotten", HelpName = "WORDS" };
    private readonly Option<double?> _score = new("--score") { Description = "A score from -1 to 1 instead of words", HelpName = "NUMBER" };

    private readonly Option<string?> _survey = new("--survey")
    {
        Description = "An answer on a scale of 1 to 5 or 0 to 10, for example csat=2/5",
        HelpName = "QUESTION=ANSWER/5",
    };

    private readonly Option<string?> _question = new("--question")
    {
        Description = "With --survey: the question of a tribe that this answers (ctx requests)",
        HelpName = "ID",
    };

    private readonly Option<string?> _trait = new("--trait")
    {
        Description = "A coded attribute, for example support_tier=gold",
        HelpName = "NAME=VALUE",
    };

    private readonly Option<string?> _behaviour = new("--behaviour")
    {
        Description = "What was done with a resource (view, dwell, scroll, bookmark, return, search, helped, didNotHelp), for example search=/help/router",
        HelpName = "ACTION=RESOURCE",
    };

    private readonly Option<string?> _outcome = new("--outcome")
    {
        Description = "What came of an interaction (solved, goesOn, notSolved), for example call-1=solved; what it was about: --topic",
        HelpName = "INTERACTION=RESULT",
    };

    private readonly Option<string?> _company = new("--company")
    {
        Description = "With --outcome, as a customer: whose interaction",
        HelpName = "NAME",
    };

    private readonly TieOptions _ties = new();

    private readonly Option<string[]> _topics = new("--topic") { Description = "What about; may be repeated", HelpName = "TOPIC" };

    private readonly Option<string?> _conversation = new("--conversation")
    {
        Description = "The conversation it belongs to. Default: one of its own",
        HelpName = "ID",
    };

    private readonly Option<string?> _channel = new("--channel") { Description = "Where. Default: phone", HelpName = "NAME" };
    private readonly Option<ConversationState?> _state =
        EnumOptions.One<ConversationState>("--state", "What it does to the conversation (default: opened)");

    private readonly Option<ParticipantRole?> _role = EnumOptions.One<ParticipantRole>("--role", "Whose turn it is (default: customer)");
    private readonly Option<string?> _link = new("--link") { Description = "Where the content lives", HelpName = "URL" };

    private readonly Option<string?> _source = new("--source")
    {
        Description = "Which of the tenant's sources. Default: the tenant's default",
        HelpName = "NAME",
    };

    private readonly Option<string?> _id = new("--id")
    {
        Description = "The signal's id; the same id counts once. Default: a new one",
        HelpName = "ID",
    };

    private readonly Option<string?> _promised = new("--promised-until") { Description = "Until when the turn promises something, for example 2d; its state is then promised", HelpName = "TIME" };

    private readonly Option<string?> _at = new("--at") { Description = "When, for example -3d2h. Default: now", HelpName = "TIME" };

    public IEnumerable<Option> All =>
        [_text, _score, _survey, _question, _trait, _behaviour, _outcome, _company, _topics, _conversation, _channel, _state, _promised, _role, _link, _source, _id, _at, .. _ties.All];

    /// <param name="parsed">The command line.</param>
    /// <param name="subject">Whom it is about. Absent: the customer who sends it.</param>
    /// <param name="now">Now.</param>
    /// <param name="newId">An id, if none is given.</param>
    /// <exception cref="UsageException">It is no signal.</exception>
    public Signal Signal(ParseResult parsed, SubjectIdentifier? subject, DateTimeOffset now, string newId)
    {
        var signal = new Signal
        {
            Id = parsed.GetValue(_id) ?? newId,
            Source = parsed.GetValue(_source) ?? "",
            Subject = subject,
            Link = parsed.GetValue(_link) ?? "",
            OccurredTime = Timestamp.FromDateTimeOffset(parsed.GetValue(_at) is { } at ? Times.Moment(at, now) : now),
        };
        string[] topics = parsed.GetValue(_topics) ?? [];
        if (_ties.Fill(parsed, signal, topics))
        {
            return signal;
        }

        if (parsed.GetValue(_question) is not null && parsed.GetValue(_survey) is null)
        {
            throw new UsageException("--question goes with --survey");
        }

        if (parsed.GetValue(_company) is not null && parsed.GetValue(_outcome) is null)
        {
            throw new UsageException("--company goes with --outcome");
        }

        if (parsed.GetValue(_survey) is { } survey)
        {
            signal.Survey = Survey(survey, topics);
            signal.Survey.PanelQuestionId = parsed.GetValue(_question) ?? "";
        }
        else if (parsed.GetValue(_trait) is { } trait)
        {
            var (name, value) = Pair(trait, "--trait must be like support_tier=gold");
            signal.Trait = new TraitSignal { Name = name, Value = value };
        }
        else if (parsed.GetValue(_outcome) is { } outcome)
        {
            signal.Outcome = Outcome(outcome, parsed.GetValue(_company) ?? "", topics);
        }
        else if (parsed.GetValue(_behaviour) is { } behaviour)
        {
            signal.Behaviour = Behaviour(behaviour, topics);
        }
        else
        {
            signal.Conversation = Conversation(parsed, topics, signal.Id, now);
        }

        return signal;
    }

    private ConversationSignal Conversation(ParseResult parsed, string[] topics, string id, DateTimeOffset now)
    {
        var turn = new ConversationSignal
        {
            ConversationId = parsed.GetValue(_conversation) ?? id,
            Channel = parsed.GetValue(_channel) ?? "phone",
            Role = parsed.GetValue(_role) ?? ParticipantRole.Customer,
            State = parsed.GetValue(_state) ?? ConversationState.Opened,
            Topics = { topics },
        };
        if (parsed.GetValue(_promised) is { } until)
        {
            turn.State = ConversationState.Promised;
            turn.PromisedUntilTime = Timestamp.FromDateTimeOffset(Times.Moment(until, now));
        }

        if (parsed.GetValue(_text) is { } text)
        {
            turn.Text = text;
        }
        else if (parsed.GetValue(_score) is { } score)
        {
            turn.Score = score;
        }

        return turn;
    }

    private static BehaviourSignal Behaviour(string text, string[] topics)
    {
        const string Hint = "--behaviour must be like view=/help/router; actions: view, dwell, scroll, bookmark, return, search, helped, didNotHelp";
        var (name, resource) = Pair(text, Hint);
        return Enum.TryParse<BehaviourAction>(name, ignoreCase: true, out var action) && action != BehaviourAction.Unspecified && !char.IsAsciiDigit(name[0])
            ? new BehaviourSignal { Action = action, Resource = resource, Topics = { topics } }
            : throw new UsageException(Hint);
    }

    private static OutcomeSignal Outcome(string text, string company, string[] topics)
    {
        const string Hint = "--outcome must be like call-1=solved; results: solved, goesOn, notSolved";
        var (interaction, name) = Pair(text, Hint);
        return Enum.TryParse<InteractionResult>(name, ignoreCase: true, out var result) && result != InteractionResult.Unspecified && !char.IsAsciiDigit(name[0])
            ? new OutcomeSignal { InteractionId = interaction, Tenant = company, Result = result, Topics = { topics } }
            : throw new UsageException(Hint);
    }

    private static SurveySignal Survey(string text, string[] topics)
    {
        const string Hint = "--survey must be like csat=2/5 or nps=9/10";
        var (question, answer) = Pair(text, Hint);
        return answer.Split('/') is [var given, "5" or "10"] && double.TryParse(given, CultureInfo.InvariantCulture, out var value)
            ? new SurveySignal
            {
                Question = question,
                Answer = value,
                ScaleMinimum = answer.EndsWith("/5", StringComparison.Ordinal) ? 1 : 0,
                ScaleMaximum = answer.EndsWith("/5", StringComparison.Ordinal) ? 5 : 10,
                Topics = { topics },
            }
            : throw new UsageException(Hint);
    }

    private static (string Name, string Value) Pair(string text, string hint) =>
        text.Split('=', 2) is [{ Length: > 0 } name, var value] ? (name, value) : throw new UsageException(hint);
}
