using CustomerContext.V1;

namespace CustomerContext.Cli.Output;

/// <summary>The people around a customer, as lines of markup.</summary>
internal static class TieLines
{
    public static string Line(Tie tie, DateTimeOffset now)
    {
        var name = tie.CallMe.Length > 0 ? $"[bold]{Feeling.Plain(tie.CallMe)}[/]" : "somebody without a name";
        var by = tie.Source.Length > 0 ? $", says {Feeling.Plain(tie.Source)} ({Words.Of(tie.EvidenceBand)})" : "";
        return $"{name}  {Words.Of(tie.Kind)}, {Words.Of(tie.State)}{by}  [grey]{Ages.Of(tie.SinceTime, now)}  {Feeling.Plain(tie.TieId)}[/]";
    }

    /// <summary>A code as it is read out: "123 456 789".</summary>
    public static string InThrees(string digits) => string.Join(' ', digits.Chunk(3).Select(three => new string(three)));
}
