using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Joins;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>What requests for consent ask of a customer's ledger.</summary>
public partial interface ICustomerGrain
{
    /// <summary>Looks whether a decision could be carried out, and changes nothing. What it needs of others, the interaction for one, is looked at when it is.</summary>
    /// <param name="command">The decision.</param>
    /// <param name="interaction">The interaction of the request, as it goes on now; absent: as it was asked.</param>
    /// <returns>Of a decision that was carried out already what it made; absent: it could be now.</returns>
    [Alias("CheckDecision")]
    Task<Outcome<CheckedDecision>> CheckDecision(DecideConsent command, string? interaction);

    /// <summary>Says yes to a request, with everything that was said beside it, in one step; on both of two linked customers, or on neither.</summary>
    [Alias("Enrol")]
    Task<Outcome<ConsentView>> Enrol(Enrol command);

    /// <summary>Gives what this customer has just given on the linked customer's ledger as well; if that one refuses, it is taken back here. Nothing happens if none is linked.</summary>
    /// <param name="command">What was said yes to.</param>
    /// <returns>Why it is on neither; absent if it is on both, or none is linked.</returns>
    [Alias("EnrolPartner")]
    Task<Refusal?> EnrolPartner(Enrol command);

    /// <summary>The linked customer said yes: the grant, and nothing that was said beside it, is this customer's too.</summary>
    [Alias("EnrolAsPartner")]
    Task<Refusal?> EnrolAsPartner(Enrol command);

    /// <summary>Puts answers that are part of a yes into the context, if some are not there yet. Idempotent.</summary>
    /// <returns>Consent as it is.</returns>
    [Alias("FinishEnrolment")]
    Task<ConsentState> FinishEnrolment();
}

/// <summary>A decision that could be carried out, or has been.</summary>
/// <param name="Known">What it made; absent: it could be carried out now.</param>
[GenerateSerializer, Immutable, Alias("CheckedDecision")]
public sealed record CheckedDecision([property: Id(0)] ConsentView? Known);
