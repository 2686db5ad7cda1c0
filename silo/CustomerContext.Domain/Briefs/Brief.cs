using System.Collections.Immutable;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Customers;
using CustomerContext.Domain.Signals;
using Orleans;

namespace CustomerContext.Domain.Briefs;

/// <summary>The first lines that an agent reads, in coded form; <see cref="BriefWords"/> puts them into words.</summary>
/// <param name="AsOf">When it was made: ages count from here.</param>
/// <param name="Headline">What one sentence says.</param>
/// <param name="CallMe">What the customer wants to be called; absent if they have not said so.</param>
/// <param name="Points">Most important first; at most <see cref="Limits.Briefs.Points"/>.</param>
[GenerateSerializer, Immutable, Alias("Brief")]
public sealed record Brief(
    [property: Id(0)] DateTimeOffset AsOf,
    [property: Id(1)] Headline Headline,
    [property: Id(2)] string? CallMe,
    [property: Id(3)] ImmutableArray<BriefPoint> Points)
{
    /// <summary>The facets that it says something of; where several may have told it, all of them.</summary>
    public FacetSet Facets => Points.Aggregate(Headline.Facets, (all, point) => all.Union(FacetSet.Of(point.Facet, point.Topic is null ? point.Facet : Facet.Conversations)));
}

/// <summary>Feeling and direction, about what, what waits; or why there is nothing to say. Each absent where nothing is shown of it.</summary>
/// <param name="Feeling">How the customer feels.</param>
/// <param name="Direction">Rising or falling; absent without a feeling, and where it is neither.</param>
/// <param name="Topic">The thing or matter; of what waits, else of the feeling, else the one most on their mind.</param>
/// <param name="WaitingSince">Since when a question of theirs waits.</param>
/// <param name="Absence">Why there is nothing; absent if there is something.</param>
[GenerateSerializer, Immutable, Alias("Headline")]
public sealed record Headline(
    [property: Id(0)] SentimentWord? Feeling,
    [property: Id(1)] Direction? Direction,
    [property: Id(2)] string? Topic,
    [property: Id(3)] DateTimeOffset? WaitingSince,
    [property: Id(4)] AbsenceReason? Absence)
{
    /// <summary>True if the customer named the topic here themselves, as what it is about.</summary>
    [Id(5)]
    public bool IsTheirWord { get; init; }

    /// <summary>True if it is shown what waits, and nothing does.</summary>
    [Id(6)]
    public bool NothingWaits { get; init; }

    /// <summary>The facets that it says something of; where several may have told it, all of them.</summary>
    public FacetSet Facets => (Feeling is null ? FacetSet.None : FacetSet.Of(Facet.Sentiment))
        .Union(Topic is null ? FacetSet.None : FacetSet.Of(Facet.TopOfMind, Facet.Conversations))
        .Union(WaitingSince is null && !NothingWaits ? FacetSet.None : FacetSet.Of(Facet.Attention, Facet.Conversations));

    /// <summary>True if it says nothing.</summary>
    public bool IsEmpty => Feeling is null && Topic is null && WaitingSince is null;
}

/// <summary>One point.</summary>
/// <param name="Kind">Do, do not, know or ask.</param>
/// <param name="Code">What it says.</param>
/// <param name="Facet">The facet that it was taken from.</param>
/// <param name="Topic">What it is about; absent if about nothing in particular.</param>
/// <param name="Value">The coded value that it repeats; absent if none.</param>
/// <param name="Provenance">How it is known; of a DO or DO_NOT never inferred.</param>
/// <param name="At">When what it says was said, recorded or released.</param>
/// <param name="Confidence">How sure, thousandths; absent if it was declared, is a dated fact, or was released.</param>
/// <param name="Evidence">Where its evidence lives, newest first; at most <see cref="Limits.Briefs.PointEvidence"/>.</param>
[GenerateSerializer, Immutable, Alias("BriefPoint")]
public sealed record BriefPoint(
    [property: Id(0)] BriefPointKind Kind,
    [property: Id(1)] BriefPointCode Code,
    [property: Id(2)] Facet Facet,
    [property: Id(3)] string? Topic,
    [property: Id(4)] string? Value,
    [property: Id(5)] Provenance Provenance,
    [property: Id(6)] DateTimeOffset At,
    [property: Id(7)] int? Confidence,
    [property: Id(8)] ImmutableArray<EvidenceLink> Evidence);

/// <summary>What kind of advice a point gives. The numbers are those of the public contract.</summary>
public enum BriefPointKind
{
    /// <summary>Do this.</summary>
    Do = 1,

    /// <summary>Do not do this.</summary>
    DoNot = 2,

    /// <summary>Good to know.</summary>
    Know = 3,

    /// <summary>Worth asking: it is inferred, so only the customer can say.</summary>
    Ask = 4,
}

/// <summary>What a point says. The numbers are those of the public contract.</summary>
public enum BriefPointCode
{
    /// <summary>What the customer asks not to do.</summary>
    PleaseDoNot = 1,

    /// <summary>A question has waited too long.</summary>
    QuestionOverdue = 2,

    /// <summary>A question waits.</summary>
    QuestionWaiting = 3,

    /// <summary>The outcome that the customer wants.</summary>
    WantedOutcome = 4,

    /// <summary>How the customer wants to be reached.</summary>
    ContactPreference = 5,

    /// <summary>The situation that the customer is in.</summary>
    Situation = 6,

    /// <summary>A case is open.</summary>
    OpenCase = 7,

    /// <summary>The mood changed abruptly; the value is "rising" or "falling".</summary>
    MoodChanged = 8,

    /// <summary>A promise was not kept in time.</summary>
    PromiseOverdue = 9,

    /// <summary>A topic is on the customer's mind; the value is what else was said of it, as a topic.</summary>
    Topic = 10,

    /// <summary>The friends' mood is the opposite of the customer's; the value is theirs: "low" or "good".</summary>
    FriendsDiffer = 11,

    /// <summary>A tribe's mood is worth care; the value is the tribe's id.</summary>
    TribeWorthCare = 12,

    /// <summary>The customer's voice counts on a topic; the value is "listened_to" or "leading_voice".</summary>
    VoiceCounts = 13,

    /// <summary>What else was said of a matter that the headline or a point told of, as a topic in the value.</summary>
    TopicDetail = 15,

    /// <summary>Somebody of the reader's company could answer what waits; the value is how they are called.</summary>
    CouldAnswer = 16,

    /// <summary>The reader's last interaction with the customer left something undone; the value is "not_solved" or "goes_on".</summary>
    LastContact = 17,
}
