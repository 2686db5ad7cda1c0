using CustomerContext.Silo.Config;

namespace CustomerContext.Silo.Messages;

/// <summary>Where the pages are that links lead to.</summary>
internal sealed class PublicPages(SiloConfig config)
{
    /// <summary>The page of a join code, without proof of an address; absent if there are no pages.</summary>
    public string? PageOf(string code) => config.PublicUrl is { } url ? new Uri(url, $"join/{code}").AbsoluteUri : null;

    /// <summary>The link in a message, which proves that the address was reached; absent if there are no pages.</summary>
    public string? LinkOf(string code, string proof) => PageOf($"{code}/{proof}");

    /// <summary>The customer's own page; absent if there are no pages.</summary>
    public string? Home => config.PublicUrl is { } url ? new Uri(url, "me").AbsoluteUri : null;

    /// <summary>The page of what the customer said yes to, and of mail about looks; absent if there are no pages.</summary>
    public string? Choices => config.PublicUrl is { } url ? new Uri(url, "me/choices").AbsoluteUri : null;

    /// <summary>The page on which a friend code is filled in; absent if there are no pages.</summary>
    public string? FriendOf(string code) => config.PublicUrl is { } url ? new Uri(url, $"me/friends/{code}").AbsoluteUri : null;
}
