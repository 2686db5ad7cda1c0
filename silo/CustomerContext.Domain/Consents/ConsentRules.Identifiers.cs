using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Identities;

namespace CustomerContext.Domain.Consents;

/// <summary>Which identifiers are the customer's. The list is written before an identity names the customer and after it no longer does, so it never lacks one.</summary>
public static partial class ConsentRules
{
    /// <summary>
    /// Has a code sent to an identifier. No change means that none is to be sent: the identifier is attached already, or got a code within the last <see
    /// cref="Limits.Identifiers.CodePause"/>.
    /// </summary>
    public static Outcome<ConsentStep> SendCode(ConsentState state, LinkIdentifier command, Digest code, DateTimeOffset now) =>
        Once(state, command.RequestId, command, repeated: null, mark =>
        {
            var waiting = state.SentCodes.RemoveAll(sent => sent.Until <= now);
            var before = waiting.FirstOrDefault(sent => sent.Key == command.Key);
            if (IsOwn(state, command.Key) || now < before?.SentAt + Limits.Identifiers.CodePause)
            {
                return new ConsentStep(state, null);
            }

            var others = before is null ? waiting : waiting.Remove(before);
            return others.Length >= Limits.Identifiers.SentCodes || !HasRoom(state)
                ? new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Identifiers.PerCustomer} identifiers, {Limits.Identifiers.SentCodes} of them waiting for a code")
                : Changed(
                    state with { SentCodes = others.Add(new SentCode(command.Key, command.Format, code, now, 0)) },
                    mark,
                    new ConsentChange(ConsentChangeKind.IdentifierCodeSent));
        });

    /// <summary>
    /// Attaches an identifier that the code proves. If <paramref name="owner"/>, another customer, signs in with it, the two are linked instead: they are
    /// one person. An address never does that, since people share it.
    /// </summary>
    public static Outcome<ConsentStep> LinkIdentifier(ConsentState state, LinkIdentifier command, CustomerKey? owner, DateTimeOffset now) =>
        Once(state, command.RequestId, command, repeated: null, mark =>
        {
            var sent = state.SentCodes.FirstOrDefault(
                sent => sent.Key == command.Key && now < sent.Until && sent.WrongTries < Limits.Consents.CodeTries);
            if (sent is null || command.Code is not { } code)
            {
                return WrongCode;
            }

            if (!IsSame(sent.Code, code))
            {
                var tried = state.SentCodes.Replace(sent, sent with { WrongTries = sent.WrongTries + 1 });
                return Moved(state with { SentCodes = tried }, new ConsentChange(ConsentChangeKind.CodeFailed)) with { Refusal = WrongCode };
            }

            var proved = state with { SentCodes = state.SentCodes.Remove(sent) };
            if (command.Format == IdentifierFormat.IssuerSubject && owner is { } other)
            {
                return state.Merge is null
                    ? Changed(proved with { Merge = new Merge(other, command.Key, now) }, mark, new ConsentChange(ConsentChangeKind.Merged))
                    : new Refusal(RefusalReason.LimitReached, Rule: "at most two customers are linked");
            }

            var identifier = new LinkedIdentifier(command.Key, command.Format, Verification.Verified, null, now);
            return IsOwn(state, command.Key) ? Moved(proved, new ConsentChange(ConsentChangeKind.IdentifierLinked))
                : HasRoom(state) ? Changed(Adding(proved, identifier), mark, new ConsentChange(ConsentChangeKind.IdentifierLinked))
                : new Refusal(RefusalReason.LimitReached, Rule: $"at most {Limits.Identifiers.PerCustomer} identifiers");
        });

    /// <summary>Attaches what the customer's token proves to be theirs; what finds no room is left out.</summary>
    public static ConsentStep AttachOwn(ConsentState state, ImmutableArray<LinkedIdentifier> own) => With(new ConsentStep(state, null), own);

    /// <summary>Attaches a tenant's id, if there is room for it; nobody is told.</summary>
    public static ConsentStep AttachOfTenant(ConsentState state, LinkedIdentifier identifier, TenantActor by)
    {
        var ofTenants = state.Identifiers.Where(known => known.Tenant is not null).ToArray();
        var hasRoom = ofTenants.Length < Limits.Identifiers.OfTenants
            && ofTenants.Count(known => known.Tenant == by.Tenant) < Limits.Identifiers.OfOneTenant;
        return state.Epoch == 0 || IsOwn(state, identifier.Key) || !hasRoom
            ? new ConsentStep(state, null)
            : Moved(Adding(state, identifier), new ConsentChange(ConsentChangeKind.IdentifierLinked, By: by));
    }

    /// <summary>Detaches an identifier, or undoes the merge that it made; one that is not there is no error.</summary>
    /// <param name="state">The customer's consent.</param>
    /// <param name="key">Of the identity.</param>
    /// <param name="by">The tenant that detaches its own id; absent: the customer.</param>
    public static ConsentStep Detach(ConsentState state, string key, TenantActor? by = null) =>
        state.Merge?.Key == key && by is null ? Moved(state with { Merge = null }, new ConsentChange(ConsentChangeKind.Unmerged))
        : IsOwn(state, key) ? Moved(
            state with { Identifiers = state.Identifiers.RemoveAll(known => known.Key == key) },
            new ConsentChange(ConsentChangeKind.IdentifierUnlinked, By: by))
        : new ConsentStep(state, null);

    /// <summary>As <see cref="Detach"/>, by the customer's request.</summary>
    public static Outcome<ConsentStep> UnlinkIdentifier(ConsentState state, UnlinkIdentifier command) =>
        Once(state, command.RequestId, command, repeated: null, mark =>
            Detach(state, command.Key) is { Change: { } change } step ? Changed(step.State with { Epoch = state.Epoch }, mark, change) : new ConsentStep(state, null));

    /// <summary>The other side of a merge.</summary>
    public static Outcome<ConsentStep> AcceptMerge(ConsentState state, Merge merge) => state switch
    {
        { Epoch: 0 } => new Refusal(RefusalReason.NotFound),
        { Merge: null } => Moved(state with { Merge = merge }, new ConsentChange(ConsentChangeKind.Merged)),
        { Merge: { } known } when known.Customer == merge.Customer => new ConsentStep(state, null),
        _ => new Refusal(RefusalReason.LimitReached, Rule: "at most two customers are linked"),
    };

    /// <summary>The keys of an identifier changed with the deployment's key: the new one is added, or the old one taken away.</summary>
    public static ConsentStep Rekey(ConsentState state, string from, string to, bool isDone)
    {
        var old = state.Identifiers.FirstOrDefault(known => known.Key == from);
        return old is null || (!isDone && IsOwn(state, to)) ? new ConsentStep(state, null)
            : Moved(
                isDone ? state with { Identifiers = state.Identifiers.Remove(old) } : Adding(state, old with { Key = to }),
                new ConsentChange(isDone ? ConsentChangeKind.IdentifierUnlinked : ConsentChangeKind.IdentifierLinked));
    }

    /// <summary>The consent with identifiers that are proven to be the customer's; what finds no room is left out.</summary>
    internal static ConsentState WithProved(ConsentState state, ImmutableArray<LinkedIdentifier> proved) => proved.Aggregate(
        state, (all, identifier) => IsOwn(all, identifier.Key) || !HasRoom(all) ? all : Adding(all, identifier));

    private static Refusal WrongCode { get; } = new(RefusalReason.InvalidArgument, "verification_code", "is wrong, dead or too old: have another one sent");

    private static ConsentStep With(ConsentStep step, ImmutableArray<LinkedIdentifier> own)
    {
        var state = WithProved(step.State, own);
        return ReferenceEquals(state, step.State) ? step
            : step.Change is null ? Moved(state, new ConsentChange(ConsentChangeKind.IdentifierLinked)) with { Grant = step.Grant }
            : step with { State = state };
    }

    private static bool IsOwn(ConsentState state, string key) => state.Identifiers.Any(known => known.Key == key);

    private static bool HasRoom(ConsentState state) =>
        state.Identifiers.Count(known => known.Tenant is null) < Limits.Identifiers.PerCustomer - Limits.Identifiers.OfTenants;

    private static ConsentState Adding(ConsentState state, LinkedIdentifier identifier) => state with { Identifiers = state.Identifiers.Add(identifier) };
}
