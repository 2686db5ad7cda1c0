using System.Runtime.CompilerServices;
using CustomerContext.V1;

namespace CustomerContext.Client.Internal;

/// <summary>Requests for consent, whether or not somebody is named.</summary>
internal static class ConsentRequests
{
    public static Task<RequestConsentResponse> AskAsync(
        Caller caller, RawServices raw, SubjectIdentifier? subject, GrantTerms terms, string interactionId, string language, CancellationToken cancellation)
    {
        var request = new RequestConsentRequest { RequestId = caller.NewRequestId(), Subject = subject, Terms = terms, InteractionId = interactionId, Language = language };
        return caller.CallAsync(raw.Consents.RequestConsentAsync, request, caller.Options.WriteDeadline, cancellation);
    }

    public static async IAsyncEnumerable<ConsentRequestStatus> WatchAsync(
        Caller caller, RawServices raw, string consentRequestId, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var request = new WatchConsentRequestRequest { ConsentRequestId = consentRequestId };
        await foreach (var message in ServerStreams.ReadAsync(caller, raw.Consents.WatchConsentRequest, request, cancellation).ConfigureAwait(false))
        {
            if (message.Status is { } status)
            {
                yield return status;
            }
        }
    }
}
