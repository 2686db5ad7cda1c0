using System.Runtime.CompilerServices;
using CustomerContext.V1;

namespace CustomerContext.Client;

/// <summary>The people around the customer.</summary>
public sealed partial class MeHandle
{
    /// <summary>The customer's ties, newest first, page by page as the loop goes on.</summary>
    /// <param name="states">Only those that stand like this. Absent: all but blocked ones.</param>
    /// <param name="cancellation">Gives up.</param>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async IAsyncEnumerable<Tie> ListTiesAsync(
        IEnumerable<TieState>? states = null, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        var request = new ListTiesRequest { PageSize = MaxPageSize, States = { states ?? [] } };
        do
        {
            var page = await _caller.CallAsync(_raw.Consents.ListTiesAsync, request, _caller.Options.ReadDeadline, cancellation).ConfigureAwait(false);
            foreach (var tie in page.Ties)
            {
                yield return tie;
            }

            request.PageToken = page.NextPageToken;
        }
        while (request.PageToken.Length > 0);
    }

    /// <summary>Answers a tie, or ends it.</summary>
    /// <returns>The tie as it is now. Absent: it is no more.</returns>
    /// <exception cref="NotFoundException">There is no such tie.</exception>
    /// <exception cref="PreconditionFailedException">A yes of somebody who is not of age, does not let their own statements be kept, or has too many ties.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async Task<Tie?> DecideTieAsync(string tieId, TieDecision decision, CancellationToken cancellation = default)
    {
        var request = new DecideTieRequest { RequestId = _caller.NewRequestId(), TieId = tieId, Decision = decision };
        return (await _caller.CallAsync(_raw.Consents.DecideTieAsync, request, _caller.Options.WriteDeadline, cancellation).ConfigureAwait(false)).Tie;
    }

    /// <summary>Makes a code to hand to somebody: it is the customer's yes to whoever redeems it.</summary>
    /// <exception cref="PreconditionFailedException">As for a yes in <see cref="DecideTieAsync"/>, or too many codes.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public Task<CreateFriendCodeResponse> CreateFriendCodeAsync(CancellationToken cancellation = default) => _caller.CallAsync(
        _raw.Consents.CreateFriendCodeAsync, new CreateFriendCodeRequest { RequestId = _caller.NewRequestId() }, _caller.Options.WriteDeadline, cancellation);

    /// <summary>Says yes to who made a friend code; from then on the two are friends.</summary>
    /// <exception cref="NotFoundException">The code is wrong, was used, has lapsed, or is one's own.</exception>
    /// <exception cref="PreconditionFailedException">As for a yes in <see cref="DecideTieAsync"/>, or too many wrong codes.</exception>
    /// <exception cref="CustomerContextException">As listed at the class.</exception>
    public async Task<Tie> RedeemFriendCodeAsync(string code, CancellationToken cancellation = default)
    {
        var request = new RedeemFriendCodeRequest { RequestId = _caller.NewRequestId(), FriendCode = code };
        return (await _caller.CallAsync(_raw.Consents.RedeemFriendCodeAsync, request, _caller.Options.WriteDeadline, cancellation).ConfigureAwait(false)).Tie;
    }
}
