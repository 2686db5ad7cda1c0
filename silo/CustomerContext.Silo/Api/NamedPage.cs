using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Api;

/// <summary>One page of a list in the order of names.</summary>
/// <param name="Size">Items on it, 1 to <see cref="Limits.Requests.MaxPage"/>.</param>
/// <param name="After">Only items whose name is ordinally greater; empty: all.</param>
internal readonly record struct NamedPage(int Size, string After)
{
    private const string Prefix = "a";

    /// <summary>Reads what a request asks for; 0 is the default size, a larger one than the limit is lowered.</summary>
    public static Outcome<NamedPage> Read(int size, string token)
    {
        if (size < 0)
        {
            return new Refusal(RefusalReason.InvalidArgument, "page_size", "must not be negative");
        }

        if (token.Length > Limits.Requests.TokenLength || (token.Length > 0 && !token.StartsWith(Prefix, StringComparison.Ordinal)))
        {
            return new Refusal(RefusalReason.InvalidArgument, "page_token", "must be a next_page_token of this method");
        }

        return new NamedPage(size == 0 ? Limits.Requests.DefaultPage : Math.Min(size, Limits.Requests.MaxPage), token.Length > 0 ? token[Prefix.Length..] : "");
    }

    /// <summary>The token of the page that begins after <paramref name="last"/>.</summary>
    public static string TokenAfter(string last) => Prefix + last;
}
