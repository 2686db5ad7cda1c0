using System.Collections.Immutable;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Groups;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Help;

/// <summary>What one customer contributes to the readers of one company: which of its pages helped them, and with what. Times are unix seconds.</summary>
/// <param name="Company">Whose pages.</param>
/// <param name="Helped">The latest first; at most <see cref="Limits.Help.OfOneReader"/>, each once.</param>
/// <param name="ChangesAt">When something of this changes by itself; <see cref="long.MaxValue"/> if never.</param>
[GenerateSerializer, Immutable, Alias("Reading")]
public sealed record Reading(
    [property: Id(0)] TenantId Company, [property: Id(1)] ImmutableArray<HelpedWith> Helped, [property: Id(2)] long ChangesAt)
{
    /// <summary>It as a voice in a group: no mood, and each (topic, page) in the place of a topic.</summary>
    public Voice Voice => new(null, null, 0, Stratum.Silent, 0, [.. Helped.Select(one => new ContributedTopic(one.Key, 0))], ChangesAt);
}

/// <summary>A page and what it helped with.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Address">Of the page.</param>
[GenerateSerializer, Immutable, Alias("HelpedWith")]
public readonly record struct HelpedWith([property: Id(0)] string Topic, [property: Id(1)] string Address)
{
    private const char Between = '\n';

    /// <summary>Both in one text. Neither has a line feed in it.</summary>
    public string Key => $"{Topic}{Between}{Address}";

    /// <summary>What <see cref="Key"/> was made of.</summary>
    public static HelpedWith Of(string key)
    {
        var at = key.IndexOf(Between);
        return new HelpedWith(key[..at], key[(at + 1)..]);
    }
}

/// <summary>
/// When a page helped. It did if that was said last; it did not if the opposite was. Else it did if the customer stayed on it, bookmarked it or came back, or 3 days have passed, or the company said that an
/// interaction solved the matter; but not if they asked the company a further question on the same topic within 3 days, or the company said that an interaction on it left something to be done. Of interactions only the company's word
/// counts: its sources are what this yes is about. What they write to others is not looked at: the company could tell from a release that they did. Only pages that a source of the company told of count: else
/// anybody could make its pages seem to help.
/// </summary>
public static class ReadingRules
{
    /// <summary>What helped the customer at <paramref name="now"/>, company by company, ordinal; companies of which nothing did are left out.</summary>
    public static ImmutableArray<Reading> Of(CustomerState state, DateTimeOffset now)
    {
        var second = now.ToUnixTimeSeconds();
        return
        [
            .. state.Sources
                .SelectMany(source => source.Pages.Select(page => (By: source.Source.Tenant, Page: page)))
                .GroupBy(told => told.Page.Company)
                .OrderBy(told => told.Key.Value, StringComparer.Ordinal)
                .Select(told => OfCompany(state, told.Key, [.. Together(told)], second))
                .Where(reading => !reading.Helped.IsEmpty),
        ];
    }

    private static Reading OfCompany(CustomerState state, TenantId company, ImmutableArray<ReadPage> pages, long second)
    {
        var live = pages.Where(page => page.Read + Limits.Help.KeepSeconds > second).ToArray();
        var helped = live
            .SelectMany(page => page.Topics.Where(topic => Helped(state, company, page, topic, second)).Select(topic => (page.Read, With: new HelpedWith(topic, page.Address))))
            .OrderByDescending(one => one.Read)
            .ThenBy(one => one.With.Key, StringComparer.Ordinal)
            .Take(Limits.Help.OfOneReader)
            .Select(one => one.With);
        var changes = live
            .SelectMany(page => (long[])[page.Read + Limits.Help.FurtherQuestionSeconds, page.Read + Limits.Help.KeepSeconds])
            .Where(at => at > second);
        return new Reading(company, [.. helped], changes.DefaultIfEmpty(long.MaxValue).Min());
    }

    private static bool Helped(CustomerState state, TenantId company, ReadPage page, string topic, long second) =>
        page.SaidAt != default
            ? page.IsHelpful
            : (page.IsAttentive || page.Read + Limits.Help.FurtherQuestionSeconds <= second || WasSolved(state, company, page.Read, topic, true))
                && !AskedOn(state, company, page.Read, topic) && !WasSolved(state, company, page.Read, topic, false);

    /// <summary>True if the company said, within 3 days after they read, that an interaction on the topic solved the matter, or that it did not.</summary>
    private static bool WasSolved(CustomerState state, TenantId company, long read, string topic, bool isSolved) =>
        OutcomeRules.Of(state with { Sources = state.Sources.RemoveAll(source => source.Source.Tenant != company) }, null)
        .Any(outcome => outcome.Topics.Contains(topic) && (outcome.Result == InteractionResult.Solved) == isSolved
            && outcome.At.Second > read && outcome.At.Second <= read + Limits.Help.FurtherQuestionSeconds);

    /// <summary>True if the customer wrote to the company on the topic within 3 days after they read, and it was no thanks.</summary>
    private static bool AskedOn(CustomerState state, TenantId company, long read, string topic) => state.Sources
        .Where(source => source.Source.Tenant == company)
        .SelectMany(source => source.Conversations)
        .Where(conversation => conversation.Topics.Contains(topic))
        .SelectMany(conversation => conversation.Turns)
        .Any(turn => turn.Role == Role.Customer && !ConversationMachine.EndsQuestion(turn)
            && turn.Stamp.Second > read && turn.Stamp.Second <= read + Limits.Help.FurtherQuestionSeconds);

    /// <summary>One page for each address that a system of the company told of, with what the customer themselves said of it.</summary>
    private static IEnumerable<ReadPage> Together(IEnumerable<(TenantId? By, ReadPage Page)> told) => told
        .GroupBy(one => one.Page.Address, one => one, StringComparer.Ordinal)
        .Where(same => same.Any(one => one.By == one.Page.Company))
        .Select(all =>
        {
            var same = all.Select(one => one.Page).ToArray();
            var said = same.MaxBy(page => page.SaidAt)!;
            return said with
            {
                Topics = [.. same.SelectMany(page => page.Topics).Distinct(StringComparer.Ordinal)],
                Read = same.Max(page => page.Read),
                IsAttentive = same.Any(page => page.IsAttentive),
            };
        });
}
