using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.News;

/// <summary>What webhooks tell of, as companies name it: docs/integrate.md.</summary>
internal static class WebhookTypes
{
    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } =
        [.. Enum.GetValues<NewsKind>().Select(Of), .. Enum.GetValues<WorkNewsKinds>().Where(kind => kind != WorkNewsKinds.None).Select(Of)];

    /// <summary>Of a grant.</summary>
    public static string Of(NewsKind kind) => kind switch
    {
        NewsKind.Given => "consent.given",
        NewsKind.Narrowed => "consent.narrowed",
        _ => "consent.ended",
    };

    /// <summary>Of work.</summary>
    public static string Of(WorkNewsKinds kind) => kind switch
    {
        WorkNewsKinds.Due => "work.due",
        WorkNewsKinds.Escalated => "work.escalated",
        _ => "work.done",
    };
}
