using System.Text;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using CustomerContext.Connectors.State;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Status = CustomerContext.Connectors.Mastodon.Status;

namespace CustomerContext.Connectors.Pull;

/// <summary>A post as a signal: its words, which the silo scores and drops, without the names of others. Each post is a conversation of its own, which asks nobody anything.</summary>
internal static class PostSignals
{
    private const string Channel = "forum";
    private const int LongestHtml = 100_000;
    private const int LongestText = 10_000;
    private const int LongestTopic = 40;
    private const int LongestLink = 256;
    private const int LongestLanguage = 35;
    private const int MostTopics = 8;

    private static readonly string[] _blocks = ["P", "DIV", "LI", "BLOCKQUOTE", "PRE", "BR"];

    /// <summary>The signal; absent of a post without words.</summary>
    public static Signal? Of(KnownAccount account, Status status, int times)
    {
        var text = TextOf(status);
        if (text.Length == 0)
        {
            return null;
        }

        return new Signal
        {
            Id = IdOf(account, status.Id, status.Version, times),
            Subject = new SubjectIdentifier { Opaque = account.Id },
            OccurredTime = status.CreatedAt.ToTimestamp(),
            Link = LinkOf(status),
            Conversation = new ConversationSignal
            {
                ConversationId = status.Id,
                Channel = Channel,
                Role = ParticipantRole.Customer,
                State = ConversationState.Closed,
                Text = text,
                Language = status.Language is { Length: <= LongestLanguage } language && language.All(letter => char.IsAsciiLetterOrDigit(letter) || letter == '-') ? language : "",
                Topics = { (status.Tags ?? []).OfType<Mastodon.Tag>().Select(tag => tag.Name).Where(name => name.Length is > 0 and <= LongestTopic && !name.Any(char.IsControl)).Take(MostTopics) },
            },
        };
    }

    /// <summary>What takes it back.</summary>
    public static Signal TakeBack(KnownAccount account, KnownPost post) => new()
    {
        Id = IdOf(account, post.Status, post.Version, post.Times),
        Subject = new SubjectIdentifier { Opaque = account.Id },
        OccurredTime = DateTimeOffset.FromUnixTimeMilliseconds(post.Created).ToTimestamp(),
        TakeBack = new TakeBackSignal(),
    };

    /// <summary>The same version of a post has the same id for as long as the account is connected, so it counts once whatever is sent again; a new connection begins anew, and so does what was taken back.</summary>
    private static string IdOf(KnownAccount account, string status, long version, int times) => times == 0 ? $"{status}.{version}.{account.Since}" : $"{status}.{version}.{account.Since}.{times}";

    private static string TextOf(Status status)
    {
        var html = status.Content ?? "";
        using var document = new HtmlParser().ParseDocument(html.Length <= LongestHtml ? html : html[..LongestHtml]);
        var text = new StringBuilder(status.SpoilerText).AppendLine();
        Write(document.Body!, text);
        var words = Clean(text.ToString());
        return words.Length <= LongestText ? words : words[..(char.IsHighSurrogate(words[LongestText - 1]) ? LongestText - 1 : LongestText)];
    }

    /// <summary>Writes the words in a node. By a stack of its own: how deep a post is nested is its writer's choice.</summary>
    private static void Write(INode node, StringBuilder text)
    {
        var open = new Stack<(INode Node, int From, bool IsLeft)>([(node, 0, false)]);
        while (open.TryPop(out var next))
        {
            if (next.IsLeft)
            {
                Leave(next.Node, next.From, text);
            }
            else if (next.Node is IText words)
            {
                text.Append(words.Data);
            }
            else if (!IsLeftOut(next.Node))
            {
                open.Push((next.Node, text.Length, true));
                for (var child = next.Node.LastChild; child is not null; child = child.PreviousSibling)
                {
                    open.Push((child, 0, false));
                }
            }
        }
    }

    private static void Leave(INode node, int from, StringBuilder text)
    {
        // An address is where words lead to, not what somebody said.
        if (node is IElement { LocalName: "a" } && text.ToString(from, text.Length - from).Contains("://", StringComparison.Ordinal))
        {
            text.Length = from;
        }
        else if (_blocks.Contains(node.NodeName))
        {
            text.AppendLine();
        }
    }

    /// <summary>True of the name of somebody else, and of what is no words.</summary>
    private static bool IsLeftOut(INode node) => node is IElement element
        && (element.LocalName is "script" or "style" || element.ClassList.Contains("h-card") || (element.ClassList.Contains("mention") && !element.ClassList.Contains("hashtag")));

    private static string Clean(string text) => string.Concat(text.Where(letter => letter is '\n' or '\t' || (!char.IsControl(letter) && letter != '\uFFFD'))).Trim();

    private static string LinkOf(Status status) =>
        status.Url is { Length: <= LongestLink } url && Ascii.IsValid(url) && Uri.TryCreate(url, UriKind.Absolute, out var address) && address.Scheme is "http" or "https" && address.UserInfo.Length == 0 && !url.Any(char.IsWhiteSpace)
            ? url
            : "";
}
