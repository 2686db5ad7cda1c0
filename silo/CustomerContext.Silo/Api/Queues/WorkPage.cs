using System.Globalization;
using CustomerContext.Domain;
using CustomerContext.Domain.Attention;
using CustomerContext.Domain.Common;

namespace CustomerContext.Silo.Api.Queues;

/// <summary>One page of work, in the order of the queue.</summary>
/// <param name="Size">Items on it, 1 to <see cref="Limits.Requests.MaxPage"/>.</param>
/// <param name="After">The place after which it begins; absent: the first page.</param>
internal readonly record struct WorkPage(int Size, WorkPlace? After)
{
    private const string Waits = "w";
    private const string Overdue = "o";

    /// <summary>Reads what a request asks for; 0 is the default size, a larger one than the limit is lowered.</summary>
    public static Outcome<WorkPage> Read(int size, string token)
    {
        if (size < 0)
        {
            return new Refusal(RefusalReason.InvalidArgument, "page_size", "must not be negative");
        }

        WorkPlace? after = null;
        if (token.Length > 0)
        {
            after = PlaceOf(token);
            if (after is null)
            {
                return new Refusal(RefusalReason.InvalidArgument, "page_token", "must be a next_page_token of this method");
            }
        }

        return new WorkPage(size == 0 ? Limits.Requests.DefaultPage : Math.Min(size, Limits.Requests.MaxPage), after);
    }

    /// <summary>The token of the page that begins after <paramref name="last"/>.</summary>
    public static string TokenAfter(WorkPlace last) => string.Create(CultureInfo.InvariantCulture, $"{(last.Waits ? Waits : Overdue)}.{last.At}.{last.Id}");

    private static WorkPlace? PlaceOf(string token) =>
        token.Length <= Limits.Requests.TokenLength
        && token.Split('.') is [Waits or Overdue, var at, var id]
        && long.TryParse(at, NumberStyles.None, CultureInfo.InvariantCulture, out var ticks)
            ? new WorkPlace(token.StartsWith(Waits, StringComparison.Ordinal), ticks, id)
            : null;
}
