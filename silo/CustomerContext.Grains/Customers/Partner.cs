using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using Orleans;

namespace CustomerContext.Grains.Customers;

/// <summary>The customer who is linked with this one, and what they said to a look.</summary>
/// <param name="Customer">Who; absent if nobody is.</param>
/// <param name="Answer">Absent if nobody is, or if they do not say so themselves: then this customer stands alone.</param>
internal readonly record struct Partner(CustomerKey? Customer, PartnerAnswer? Answer);

/// <summary>A look at a customer that the customer linked with them is asked about: both must allow it.</summary>
/// <param name="From">Who is looked at.</param>
/// <param name="Look">The look.</param>
/// <param name="Consent">Their consent.</param>
/// <param name="Talk">Until when they are talking with the tenant.</param>
/// <param name="Kind">What goes on record here as well; absent if nothing does.</param>
/// <param name="Watch">Ties the records of one watch together; absent for a lookup.</param>
[GenerateSerializer, Immutable, Alias("PartnerLook")]
public sealed record PartnerLook(
    [property: Id(0)] CustomerKey From,
    [property: Id(1)] LookRequest Look,
    [property: Id(2)] ConsentState Consent,
    [property: Id(3)] TalkTimes Talk,
    [property: Id(4)] DisclosureKind? Kind,
    [property: Id(5)] string? Watch);

/// <summary>What the linked customer says to a look.</summary>
/// <param name="Decision">What their own consent allows.</param>
/// <param name="Context">What is known of them. Shown only as far as both consents allow.</param>
/// <param name="Talk">Until when they are talking with the tenant.</param>
[GenerateSerializer, Immutable, Alias("PartnerAnswer")]
public sealed record PartnerAnswer(
    [property: Id(0)] Outcome<ReadDecision> Decision, [property: Id(1)] CustomerState Context, [property: Id(2)] TalkTimes Talk);
