using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Api;

/// <summary>One page of a list that is numbered downwards: the newest first.</summary>
/// <param name="Size">Items on it, 1 to <see cref="Limits.Requests.MaxPage"/>.</param>
/// <param name="Before">Only items with a lower number.</param>
internal readonly record struct Page(int Size, long Before)
{
    private const string Prefix = "b";

    /// <summary>Reads what a request asks for; 0 is the default size, a larger one than the limit is lowered.</summary>
    public static Outcome<Page> Read(int size, string token)
    {
        if (size < 0)
        {
            return new Refusal(RefusalReason.InvalidArgument, "page_size", "must not be negative");
        }

        var before = long.MaxValue;
        if (token.Length > 0
            && !(token.Length <= Limits.Requests.TokenLength
                && token.StartsWith(Prefix, StringComparison.Ordinal)
                && long.TryParse(token.AsSpan(Prefix.Length), NumberStyles.None, CultureInfo.InvariantCulture, out before)))
        {
            return new Refusal(RefusalReason.InvalidArgument, "page_token", "must be a next_page_token of this method");
        }

        return new Page(size == 0 ? Limits.Requests.DefaultPage : Math.Min(size, Limits.Requests.MaxPage), before);
    }

    /// <summary>The token of the page that ends before <paramref name="last"/>.</summary>
    public static string TokenAfter(long last) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{last}");
}
