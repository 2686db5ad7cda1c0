using System.CommandLine;
using CustomerContext.V1;

namespace CustomerContext.Cli.Options;

/// <summary>A signal about the people around a customer: a tie, a tribe, or recognition.</summary>
internal sealed class TieOptions
{
    private readonly Option<string?> _friend = Person("--friend", "A friend of theirs; with --as it is the customer's own word, else a proposal");
    private readonly Option<string?> _unfriend = Person("--unfriend", "A friend no more");
    private readonly Option<string?> _follow = Person("--follow", "Somebody they follow");
    private readonly Option<string?> _unfollow = Person("--unfollow", "Somebody they follow no more");
    private readonly Option<string?> _join = Tribe("--join", "A tribe they join");
    private readonly Option<string?> _leave = Tribe("--leave", "A tribe they leave");

    private readonly Option<ReputationKind?> _reputation = EnumOptions.One<ReputationKind>("--reputation", "Recognition by others, for what --topic says");

    private readonly Option<string?> _giver = Person("--giver", "Who gave it");
    private readonly Option<string?> _name = new("--named") { Description = "The coded name of a badge or level", HelpName = "NAME" };

    public IEnumerable<Option> All => [_friend, _unfriend, _follow, _unfollow, _join, _leave, _reputation, _giver, _name];

    /// <summary>True if it was one of these; it is in <paramref name="signal"/> then.</summary>
    public bool Fill(ParseResult parsed, Signal signal, IReadOnlyList<string> topics)
    {
        signal.Relationship =
            Tie(parsed, _friend, RelationshipKind.Friend, RelationshipChange.Began)
            ?? Tie(parsed, _unfriend, RelationshipKind.Friend, RelationshipChange.Ended)
            ?? Tie(parsed, _follow, RelationshipKind.Follows, RelationshipChange.Began)
            ?? Tie(parsed, _unfollow, RelationshipKind.Follows, RelationshipChange.Ended);
        if (signal.Relationship is null)
        {
            signal.Membership = Membership(parsed, _join, MembershipChange.Joined) ?? Membership(parsed, _leave, MembershipChange.Left);
        }

        if (signal.KindCase == Signal.KindOneofCase.None && parsed.GetValue(_reputation) is { } kind)
        {
            signal.Reputation = new ReputationSignal
            {
                Kind = kind,
                Topic = topics.Count > 0 ? topics[0] : "",
                Name = parsed.GetValue(_name) ?? "",
                Giver = parsed.GetValue(_giver) is { } giver ? SubjectOf(giver) : null,
            };
        }

        return signal.KindCase != Signal.KindOneofCase.None;
    }

    private static RelationshipSignal? Tie(ParseResult parsed, Option<string?> option, RelationshipKind kind, RelationshipChange change) =>
        parsed.GetValue(option) is { } other ? new RelationshipSignal { Other = SubjectOf(other), Kind = kind, Change = change } : null;

    private static MembershipSignal? Membership(ParseResult parsed, Option<string?> option, MembershipChange change) =>
        parsed.GetValue(option) is { } tribe ? new MembershipSignal { TribeId = tribe, Change = change } : null;

    /// <summary>An e-mail address, a phone number, or an id from an earlier answer.</summary>
    private static SubjectIdentifier SubjectOf(string text) =>
        text.Contains('@', StringComparison.Ordinal) ? Client.Subject.Email(text)
        : text.StartsWith('+') ? Client.Subject.Phone(text)
        : Client.Subject.CustomerId(text);

    private static Option<string?> Person(string name, string description) => new(name) { Description = description, HelpName = "PERSON" };

    private static Option<string?> Tribe(string name, string description) => new(name) { Description = description, HelpName = "TRIBE" };
}
