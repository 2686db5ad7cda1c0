using CustomerContext.Faults.Tests.Harness;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;

namespace CustomerContext.Faults.Tests.Consents;

/// <summary>What customers and agents do with sharing codes and requests.</summary>
internal static class Codes
{
    extension(SiloClient client)
    {
        /// <summary>A code of the customer's for <paramref name="tenant"/>.</summary>
        public async Task<string> MakeCode(string email, string tenant = "acme", int minutes = 10)
        {
            var request = new CreateSharingCodeRequest
            {
                RequestId = Requests.NewId(),
                Tenant = tenant,
                Terms = Requests.Grant(tenant).Terms,
                LifetimeDuration = Duration.FromTimeSpan(TimeSpan.FromMinutes(minutes)),
            };
            return (await client.Consents.CreateSharingCodeAsync(request, client.AsCustomer(email))).Code;
        }

        /// <summary>An agent types a code in.</summary>
        public Task<RedeemSharingCodeResponse> Redeem(string email, string code, string tenant = "acme", string? requestId = null) =>
            client.Consents.RedeemSharingCodeAsync(
                new RedeemSharingCodeRequest
                {
                    RequestId = requestId ?? Requests.NewId(),
                    Subject = new SubjectIdentifier { Email = email },
                    Code = code,
                    InteractionId = CallWith(email),
                },
                client.AsAgent(tenant)).ResponseAsync;

        /// <summary>An agent asks.</summary>
        public Task<RequestConsentResponse> Ask(string email, string tenant = "acme", string? requestId = null) =>
            client.Ask(new SubjectIdentifier { Email = email }, tenant, requestId, CallWith(email));

        /// <summary>An agent asks.</summary>
        public Task<RequestConsentResponse> Ask(
            SubjectIdentifier subject, string tenant = "acme", string? requestId = null, string interaction = "call-1", GrantWhen when = GrantWhen.DuringMyConversations) =>
            client.Consents.RequestConsentAsync(
                new RequestConsentRequest { RequestId = requestId ?? Requests.NewId(), Subject = subject, Terms = Asked(tenant, when), InteractionId = interaction },
                client.AsAgent(tenant)).ResponseAsync;

        /// <summary>The customer decides.</summary>
        public Task<DecideConsentResponse> Decide(string email, string request, ConsentDecision decision, string? requestId = null) =>
            client.Consents.DecideConsentAsync(
                new DecideConsentRequest { RequestId = requestId ?? Requests.NewId(), ConsentRequestId = request, Decision = decision },
                client.AsCustomer(email)).ResponseAsync;

        /// <summary>The customer's own stream of what waits.</summary>
        public AsyncServerStreamingCall<WatchConsentRequestsResponse> WatchRequests(string email, string resumeToken = "") =>
            client.Consents.WatchConsentRequests(new WatchConsentRequestsRequest { ResumeToken = resumeToken }, client.AsCustomer(email, TimeSpan.FromMinutes(1)));

        /// <summary>True if an agent of <paramref name="tenant"/> sees something, in the call in which they ask.</summary>
        public async Task<bool> Sees(string email, string tenant = "acme")
        {
            try
            {
                var look = Requests.Lookup(email);
                look.InteractionId = CallWith(email);
                await client.Contexts.GetContextAsync(look, client.AsAgent(tenant));
                return true;
            }
            catch (RpcException refused) when (refused.StatusCode == StatusCode.PermissionDenied)
            {
                return false;
            }
        }

        /// <summary>The customer's live grants.</summary>
        public async Task<IReadOnlyList<Grant>> LiveGrants(string email) =>
            (await client.Consents.ListGrantsAsync(new ListGrantsRequest(), client.AsCustomer(email))).Grants;
    }

    /// <summary>The interaction of tests in which somebody says yes: few people fit into one.</summary>
    public static string CallWith(string email) => $"call-{email[..email.IndexOf('@', StringComparison.Ordinal)]}";

    /// <summary>What an agent asks for: as much as a company may.</summary>
    private static GrantTerms Asked(string tenant, GrantWhen when)
    {
        var terms = Requests.Grant(tenant).Terms;
        terms.When = when;
        return terms;
    }

    /// <summary>The next message of a stream that is no heartbeat.</summary>
    public static async Task<WatchConsentRequestsResponse> Next(this AsyncServerStreamingCall<WatchConsentRequestsResponse> stream)
    {
        do
        {
            Assert.True(await stream.ResponseStream.MoveNext(CancellationToken.None));
        }
        while (stream.ResponseStream.Current.Heartbeat is not null);

        return stream.ResponseStream.Current;
    }
}
