using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Ties;

namespace CustomerContext.Grains.Customers;

/// <summary>A look that was answered. The same look gets the same answer while nothing that it was made of has changed, and goes on record by itself.</summary>
/// <param name="Request">What was asked, by whom.</param>
/// <param name="Basis">What answer and decision were made of.</param>
/// <param name="Tribes">What the customer's tribes showed.</param>
/// <param name="From">When it was made; a clock that was put back ends it.</param>
/// <param name="Until">When time alone may change decision or answer.</param>
/// <param name="Answer">The answer, without a record.</param>
/// <param name="Record">What goes on record, but for the time.</param>
internal sealed record RememberedLook(
    LookRequest Request, LookBasis Basis, TribeViews Tribes, DateTimeOffset From, DateTimeOffset Until, LookAnswer Answer, RecordTemplate Record);

/// <summary>What an answer is made of, but for tribes and time. Each is replaced when it changes and never changed, so the same objects mean the same answer.</summary>
/// <param name="Consent">The customer's consent.</param>
/// <param name="Context">The context.</param>
/// <param name="Ties">The people around.</param>
/// <param name="AnswerTimes">How soon companies answer.</param>
internal readonly record struct LookBasis(ConsentState? Consent, CustomerState Context, TiesState Ties, object AnswerTimes)
{
    /// <summary>True if these are the very same objects. Equal ones are not looked for: comparing them would cost more than a new answer.</summary>
    public bool IsSame(in LookBasis other) =>
        ReferenceEquals(Consent, other.Consent)
        && ReferenceEquals(Context, other.Context)
        && ReferenceEquals(Ties, other.Ties)
        && ReferenceEquals(AnswerTimes, other.AnswerTimes);
}

/// <summary>
/// The latest looks of each company, and the customer's own. A company's looks never push out another's: else the time of its next look would tell that somebody else has looked. There are only as many
/// companies as have grants, and a look is good for a minute at most. The grain adds and forgets; any thread may find.
/// </summary>
internal sealed class RememberedLooks
{
    private const int OfEach = 2;

    private volatile RememberedLook[] _looks = [];

    /// <summary>The look that asked the same; absent if it is not remembered.</summary>
    public RememberedLook? Find(LookRequest request)
    {
        foreach (var look in _looks)
        {
            if (look.Request == request)
            {
                return look;
            }
        }

        return null;
    }

    /// <summary>Remembers <paramref name="look"/>, and forgets what cannot be answered any more.</summary>
    public void Add(RememberedLook look)
    {
        var left = _looks.Where(other => other.Request != look.Request && other.Until > look.From && other.Basis.IsSame(look.Basis)).ToList();
        if (left.Count(other => other.Request.Read.Tenant == look.Request.Read.Tenant) == OfEach)
        {
            left.RemoveAt(left.FindIndex(other => other.Request.Read.Tenant == look.Request.Read.Tenant));
        }

        _looks = [.. left, look];
    }

    /// <summary>Forgets all.</summary>
    public void Clear() => _looks = [];
}
