using System.Security.Cryptography;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Interactions;

namespace CustomerContext.Domain.Consents;

/// <summary>Sharing codes: made for one tenant and scope, minutes long, single use, dead after five wrong tries.</summary>
public static partial class ConsentRules
{
    /// <summary>Makes a code; one that the same tenant could still redeem is void from then on.</summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="command">For whom and what.</param>
    /// <param name="code">The keyed hash of the code.</param>
    /// <param name="now">The instant that counts.</param>
    public static Outcome<ConsentStep> CreateSharingCode(ConsentState state, CreateSharingCode command, Digest code, DateTimeOffset now) =>
        Once(state, command.RequestId, command, repeated: null, mark =>
        {
            if (!state.Preferences.OfAge)
            {
                return new Refusal(RefusalReason.NotOfAge);
            }

            if (command.Lifetime < Limits.Consents.CodeShortest || command.Lifetime > Limits.Consents.CodeLongest)
            {
                return new Refusal(RefusalReason.InvalidArgument, "lifetime_duration", "1 to 10 minutes");
            }

            // Expanded now: what the customer sees when they make the code is what it gives.
            var terms = PresetRules.Expand(command.Terms, PresetUse.Code, state, command.Tenant, now);
            var grant = terms.IsOk ? NewGrant(new GrantId(""), command.Tenant, terms.Value, null, now) : terms.Refusal;
            if (!grant.IsOk)
            {
                return grant.Refusal;
            }

            var others = state.Codes.RemoveAll(other => other.Tenant == command.Tenant || other.Until <= now);
            if (others.Length >= Limits.Consents.SharingCodes || RoomFor(state.Grants, now) is null)
            {
                return new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Consents.SharingCodes} codes and {Limits.Consents.Grants} live grants");
            }

            var made = new SharingCode(command.Tenant, command.RequestId, code, terms.Value!, now + command.Lifetime, 0) { Notice = command.Notice };
            return Changed(state with { Codes = others.Add(made) }, mark, new ConsentChange(ConsentChangeKind.CodeCreated, Tenant: command.Tenant));
        });

    /// <summary>
    /// Turns a code into a grant, once, and opens the interaction in which it was read out: the customer takes part in it. A wrong code counts against the tenant's own code and no other; all that is not right is refused alike.
    /// </summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="customer">The customer.</param>
    /// <param name="command">Who redeems which code in which interaction.</param>
    /// <param name="begunAt">When the interaction began.</param>
    /// <param name="now">The instant that counts.</param>
    public static Outcome<ConsentStep> RedeemSharingCode(
        ConsentState state, CustomerKey customer, RedeemSharingCode command, DateTimeOffset begunAt, DateTimeOffset now)
    {
        var requestId = RecentRequests.NameOf(command.By.Tenant, command.RequestId);
        var id = GrantId.For(customer, requestId);
        return Once(state, requestId, command, state.Find(id), mark =>
        {
            if (state.Codes.FirstOrDefault(code => code.Tenant == command.By.Tenant && now < code.Until) is not { } code)
            {
                return new Refusal(RefusalReason.CodeNotAccepted);
            }

            if (!IsSame(code.Code, command.Code))
            {
                var tried = code with { WrongTries = code.WrongTries + 1 };
                var left = tried.WrongTries < Limits.Consents.CodeTries ? state.Codes.Replace(code, tried) : state.Codes.Remove(code);
                var counted = Moved(state with { Codes = left }, new ConsentChange(ConsentChangeKind.CodeFailed, By: command.By));
                return counted with { Refusal = new Refusal(RefusalReason.CodeNotAccepted) };
            }

            if (CallChanges.Opened(state with { Codes = state.Codes.Remove(code) }, command.By, begunAt, now) is not { } opened)
            {
                return new Refusal(RefusalReason.InteractionOver);
            }

            return Redeemed(opened, id, code, command.By, mark, now) is { IsOk: true, Value: { } redeemed } ? redeemed : new Refusal(RefusalReason.CodeNotAccepted);
        });
    }

    private static Outcome<ConsentStep> Redeemed(
        ConsentState state, GrantId id, SharingCode code, TenantActor by, RecentRequest mark, DateTimeOffset now)
    {
        if (!state.Preferences.OfAge || state.PausedAt is not null || state.Find(id) is not null)
        {
            return new Refusal(RefusalReason.CodeNotAccepted);
        }

        var grant = InCall(state, id, by, AiReaderRules.Still(code.Terms, now), now);
        var given = grant.IsOk ? Given(state, grant.Value with { Notice = code.Notice }, mark, now) : grant.Refusal;
        return given.IsOk ? given.Value with { Change = given.Value.Change! with { By = by } } : given;
    }

    /// <summary>A grant of terms that were offered, in the call in which the yes was said, which is open.</summary>
    internal static Outcome<Grant> InCall(ConsentState state, GrantId id, TenantActor by, GrantTerms terms, DateTimeOffset now)
    {
        var call = CallRules.Find(state, by.Tenant, by.Interaction, now);
        return NewGrant(id, by.Tenant, terms.When == GrantWhen.ThisCallOnly ? terms with { Interaction = by.Interaction } : terms, call, now);
    }

    /// <summary>Takes as long for equal hashes as for unequal ones.</summary>
    private static bool IsSame(Digest one, Digest other) => CryptographicOperations.FixedTimeEquals(one.ToArray(), other.ToArray());
}
