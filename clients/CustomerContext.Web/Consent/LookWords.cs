using CustomerContext.V1;
using CustomerContext.Web.Words;

namespace CustomerContext.Web.Consent;

/// <summary>A record of the log in words: a log must explain itself.</summary>
internal static class LookWords
{
    /// <summary>"An agent of Acme looked at your mood and what is on your mind."</summary>
    public static string Of(Disclosure record, Phrases words)
    {
        if (record.ConsentChange is { } change)
        {
            var company = change.Grant?.Tenant is { Length: > 0 } tenant ? tenant : record.Tenant;
            return words.Find($"change.{change.Kind}") is { } text ? string.Format(text, words.Company(company)) : words["change.other"];
        }

        if (record.Tenant.Length == 0)
        {
            return words["look.self"];
        }

        var who = record.AiReader is { } ai
            ? words[ai.OnBehalfOfPseudonym.Length > 0 ? "look.ai.for" : "look.ai", words.Company(record.Tenant), ai.ClientId]
            : words[record.ActorRole == ActorRole.Service ? "look.program" : "look.agent", words.Company(record.Tenant)];
        var what = words.Facets(record.Facets);
        return record.Kind switch
        {
            DisclosureKind.WatchOpened => words["look.watched", who, what],
            DisclosureKind.WatchHour => words["look.went-on", who, what],
            DisclosureKind.WatchClosed => words["look.closed", who],
            DisclosureKind.Resolved => words["look.resolved", who],
            _ => words["look.looked", who, what],
        };
    }

    /// <summary>Why what is open only during conversations was open: "Open because of your conversation c-1 (acme/chat) with Acme."</summary>
    public static IEnumerable<string> Reasons(Disclosure record, Phrases words) =>
        from opening in record.Openings
        let kind = opening is { Kind: OpenerKind.Conversation or OpenerKind.Question, Source.Length: 0 } ? $"{opening.Kind}.linked" : $"{opening.Kind}"
        let text = words.Find($"look.open.{kind}")
        where text is not null
        select string.Format(text, words.Company(record.Tenant), opening.ConversationId, opening.Source);

    /// <summary>Whether somebody else looked: not the customer, and not a change of consent. A look of an unknown kind is a look.</summary>
    public static bool IsLook(Disclosure record) => record.ConsentChange is null && record.Tenant.Length > 0 && record.Kind != DisclosureKind.WatchClosed;
}
