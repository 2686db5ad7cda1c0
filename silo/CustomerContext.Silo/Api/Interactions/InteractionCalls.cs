using CustomerContext.Domain;
using CustomerContext.Domain.Common;
using CustomerContext.Silo.Access;
using CustomerContext.Silo.Api.Errors;
using CustomerContext.Silo.Api.Subjects;
using CustomerContext.V1;
using Google.Protobuf.WellKnownTypes;

namespace CustomerContext.Silo.Api.Interactions;

/// <summary>Interactions of a tenant: begun by its programs, continued and ended by everybody of it.</summary>
internal sealed class InteractionCalls(
    InteractionFinder interactions, SubjectResolver subjects, TenantActors actors, TenantRequests repeats, RefusalFloor floor, TimeProvider time)
{
    /// <summary>Opens an interaction. A person, who would so open what a customer granted "while we talk", may not.</summary>
    public async Task<BeginInteractionResponse> Begin(TenantCaller caller, BeginInteractionRequest request)
    {
        var arrived = time.GetTimestamp();
        if (caller.IsPerson)
        {
            throw RpcErrors.NotAllowed("Only a company's program begins an interaction; a person's token does not.");
        }

        Check(request.InteractionId, "interaction_id");
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var by = actors.Of(caller, request.InteractionId).OrThrow();
        var named = (await subjects.Resolve(caller.Tenant, request.Subject, "subject")).OrThrow();
        var begun = await interactions.Find(caller.Tenant, request.InteractionId).Begin(by, named.Customer);

        // In the same time for known and unknown people, whatever their ledger had to do.
        await floor.Wait(arrived);
        return new BeginInteractionResponse { ExpiresTime = begun.OrThrow().Until.ToTimestamp() };
    }

    /// <summary>Goes on under another id.</summary>
    public async Task<ContinueInteractionResponse> Continue(TenantCaller caller, ContinueInteractionRequest request)
    {
        Check(request.InteractionId, "interaction_id");
        Check(request.NewInteractionId, "new_interaction_id");
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        var by = actors.Of(caller, request.NewInteractionId).OrThrow();
        var next = interactions.KeyOf(caller.Tenant, request.NewInteractionId);
        var longer = await interactions.Find(caller.Tenant, request.InteractionId).Continue(by, next);
        return new ContinueInteractionResponse { ExpiresTime = longer.OrThrow().Until.ToTimestamp() };
    }

    /// <summary>Ends an interaction, for good.</summary>
    public async Task<EndInteractionResponse> End(TenantCaller caller, EndInteractionRequest request)
    {
        Check(request.InteractionId, "interaction_id");
        repeats.Check(caller.Tenant, request.RequestId, request).OrThrow();
        await interactions.Find(caller.Tenant, request.InteractionId).End(actors.Of(caller, request.InteractionId).OrThrow());
        return new EndInteractionResponse();
    }

    private static void Check(string id, string field) => TextRules.Check(id, field, Limits.Consents.InteractionLength).OrThrow();
}
