using CustomerContext.Domain.Common;
using CustomerContext.Domain.Interactions;

namespace CustomerContext.Domain.Consents;

/// <summary>Why a watch has to end.</summary>
public enum WatchEnd
{
    /// <summary>Nothing is granted any more: the customer took it back, or paused everything.</summary>
    Revoked = 1,

    /// <summary>The time of a grant is over.</summary>
    Expired,

    /// <summary>Less is granted than was.</summary>
    Narrowed,

    /// <summary>The caller's token is over.</summary>
    TimeLimit,

    /// <summary>The reader went away, or did not take a frame in time.</summary>
    Left,

    /// <summary>The silo does not know the watch, because it restarted or moved the customer: open a new one.</summary>
    Lost,

    /// <summary>The interaction has ended, or its time is over.</summary>
    InteractionOver,
}

/// <summary>How many watches may be open, and when an open one must end because of consent.</summary>
public static class WatchRules
{
    /// <summary>Why <paramref name="reader"/> may not open one more watch of the customer; absent if there is room. Nobody takes the room of another: not a tenant the customer's, nor one tenant another's.</summary>
    /// <param name="reader">The tenant that watches; absent for the customer.</param>
    /// <param name="open">The readers of all watches that are open or about to be, one for each watch.</param>
    public static Refusal? NoRoom(TenantId? reader, IReadOnlyCollection<TenantId?> open)
    {
        var own = open.Count(one => one == reader);
        if (reader is null)
        {
            return own < Limits.Watches.OfCustomer ? null : TooMany(Limits.Watches.OfCustomer, "watches of one's own");
        }

        return own >= Limits.Watches.PerTenant ? TooMany(Limits.Watches.PerTenant, "watches of one customer by one tenant")
            : open.Count(one => one is not null) >= Limits.Watches.OfTenants ? TooMany(Limits.Watches.OfTenants, "watches of one customer")
            : null;
    }

    private static Refusal TooMany(int most, string what) => new(RefusalReason.LimitReached, Rule: $"at most {most} {what}");

    /// <summary>Why a watch that was allowed <paramref name="before"/> must end now; absent if it may go on, seeing no less.</summary>
    /// <param name="read">What it was opened for.</param>
    /// <param name="before">What it was allowed.</param>
    /// <param name="decided">What it would be allowed now.</param>
    /// <param name="consent">Consent now.</param>
    /// <param name="now">The instant that counts.</param>
    public static WatchEnd? EndOf(ReadRequest read, ReadDecision before, Outcome<ReadDecision> decided, ConsentState consent, DateTimeOffset now)
    {
        if (decided.Value is { } after && (before.IsOwn || before.Slices.All(slice => IsCovered(slice, after))))
        {
            return null;
        }

        var grants = before.Grants.Select(consent.Find).OfType<Grant>().ToArray();
        if (CallRules.HasEnded(consent, read.Tenant, read.Interaction, now) || grants.Any(grant => IsCallOver(grant, consent, read, now)))
        {
            return WatchEnd.InteractionOver;
        }

        if (grants.Any(grant => grant.RevokedAt is null && now >= grant.Until) || IsTalkOver(read, before, grants, consent))
        {
            return WatchEnd.Expired;
        }

        return decided.IsOk ? WatchEnd.Narrowed : WatchEnd.Revoked;
    }

    /// <summary>True if nobody took anything back, but what was granted during conversations was only granted for now.</summary>
    private static bool IsTalkOver(ReadRequest read, ReadDecision before, Grant[] grants, ConsentState consent) =>
        consent is { PausedAt: null, Preferences.OfAge: true }
        && grants.Length == before.Grants.Length
        && grants.All(grant =>
            grant is { RevokedAt: null, When: GrantWhen.DuringMyConversations }
            && grant.Purposes.Contains(read.Purpose!.Value)
            && before.Slices.Where(slice => slice.Grants.Contains(grant.Id)).All(slice => IsStillGranted(slice, grant)));

    private static bool IsStillGranted(GrantedSlice slice, Grant grant) =>
        slice.Facets.Except(grant.Facets).IsEmpty && slice.View.Windows.Any(window => grant.Window.Covers(window));

    private static bool IsCallOver(Grant grant, ConsentState consent, ReadRequest read, DateTimeOffset now) =>
        grant is { When: GrantWhen.ThisCallOnly, RevokedAt: null } && CallRules.Find(consent, read.Tenant, read.Interaction, now) is null;

    private static bool IsCovered(GrantedSlice slice, ReadDecision after) => slice.Facets.Each().All(facet =>
        after.Slices.Any(other => other.Facets.Contains(facet) && slice.View.Windows.All(window => other.View.Windows.Any(wide => wide.Covers(window)))));
}
