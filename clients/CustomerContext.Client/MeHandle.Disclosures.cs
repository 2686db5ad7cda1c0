using System.Runtime.CompilerServices;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>The record of looks.</summary>
public sealed partial class MeHandle
{
    /// <summary>Lists who looked, newest first, page by page as the loop goes on; stop when enough has been seen.</summary>
    /// <param name="filter">Which looks. Absent: all.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <returns>
    /// Pages as the server sends them: the first one bears the end of the chain and the looks that were refused. To check the whole chain:
    /// <see cref="DisclosureChain.Verify"/>.
    /// </returns>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async IAsyncEnumerable<ListDisclosuresResponse> ListDisclosuresAsync(
        ListDisclosuresRequest? filter = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = filter?.Clone() ?? new ListDisclosuresRequest { PageSize = MaxPageSize };
        do
        {
            var page = await _caller.CallAsync(_raw.Consents.ListDisclosuresAsync, request, _caller.Options.WriteDeadline, cancellation)
                .ConfigureAwait(false);
            yield return page;
            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }
}
