using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;
using CustomerContext.Domain.Groups;
using Orleans;

namespace CustomerContext.Domain.Tribes;

/// <summary>
/// Asks a random sample of each stratum, so that members who write nothing are heard too. The tribe only announces which share of each stratum is asked. Every member's own grain decides from a
/// keyed hash whether the member is in the sample. So nobody stores a list of those asked, and the tribe does not have to reach any member.
/// </summary>
public static class PanelRules
{
    private const int IdBytes = 16;

    /// <summary>The tribe's question after a release time: the last one, or a new one once whoever was asked then may be asked again.</summary>
    /// <param name="last">Absent: the tribe has never asked.</param>
    /// <param name="about">What the tribe is about, one topic after the other; absent: it asks nothing.</param>
    /// <param name="seed">Of the group and time.</param>
    /// <param name="sums">Of all its shards at that time.</param>
    /// <param name="at">The release time.</param>
    public static PanelQuestion? Next(PanelQuestion? last, TribeTopics? about, ReleaseSeed seed, GroupSums sums, DateTimeOffset at)
    {
        if (about is null || at < last?.AskedAt.AddDays(Limits.Panels.EveryDays))
        {
            return last;
        }

        var id = SHA256.HashData(Encoding.UTF8.GetBytes($"question\n{seed.High}\n{seed.Low}"));
        var month = at.ToUnixTimeSeconds() / (Limits.Panels.EveryDays * Seconds.Day);
        return Ask(Convert.ToHexStringLower(id.AsSpan(0, IdBytes)), about.Topics[(int)(month % about.Topics.Length)], seed, sums, at);
    }

    /// <summary>A question to a tribe of this make-up: at most <see cref="Limits.Panels.Sample"/> of each stratum, or 5 % of a large one.</summary>
    /// <param name="id">Names the question.</param>
    /// <param name="topic">What it is about.</param>
    /// <param name="seed">Secret; another one for each question.</param>
    /// <param name="sums">The tribe's last sums.</param>
    /// <param name="now">When it is asked; open for <see cref="Limits.Panels.OpenDays"/> days.</param>
    public static PanelQuestion Ask(string id, string topic, ReleaseSeed seed, GroupSums sums, DateTimeOffset now) => new(
        id, topic, seed, PerMyriad(sums.Silent), PerMyriad(sums.Few), PerMyriad(sums.Many), now, now.AddDays(Limits.Panels.OpenDays));

    /// <summary>True if this member is to be shown the question at <paramref name="now"/>: they said yes to <em>ask</em>, want not to be left alone, were not asked within a month, and are drawn.</summary>
    public static bool IsAsked(PanelQuestion question, Pseudonym member, Stratum stratum, ConsentState consent, DateTimeOffset? lastAsked, DateTimeOffset now) =>
        MayBeAsked(consent, lastAsked, now) && now >= question.AskedAt && now < question.Until && IsDrawn(question, member, stratum);

    /// <summary>True if the customer may be asked anything at all.</summary>
    public static bool MayBeAsked(ConsentState consent, DateTimeOffset? lastAsked, DateTimeOffset now) =>
        consent is { PausedAt: null, Preferences: { OfAge: true, Ask: true, LeaveMeAlone: false } }
        && !(lastAsked > now.AddDays(-Limits.Panels.EveryDays));

    /// <summary>True if this member is in the sample.</summary>
    public static bool IsDrawn(PanelQuestion question, Pseudonym member, Stratum stratum)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"panel\n{question.Seed.High}\n{question.Seed.Low}\n{member.High}\n{member.Low}"));
        var share = stratum switch { Stratum.Silent => question.Silent, Stratum.Few => question.Few, _ => question.Many };
        return BinaryPrimitives.ReadUInt64BigEndian(hash) % PanelQuestion.Whole < (ulong)share;
    }

    private static int PerMyriad(StratumSums stratum)
    {
        var wanted = Math.Max(Limits.Panels.Sample, stratum.Members * (long)Limits.Panels.LeastPercent / 100);
        return stratum.Members <= wanted ? PanelQuestion.Whole : (int)(wanted * PanelQuestion.Whole / stratum.Members);
    }
}

/// <summary>One question of a tribe.</summary>
/// <param name="Id">Goes into the answer.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="Seed">Secret: who is drawn.</param>
/// <param name="Silent">Of 10,000 silent members so many are asked.</param>
/// <param name="Few">The same of those who write a little.</param>
/// <param name="Many">The same of those who write much.</param>
/// <param name="AskedAt">From when.</param>
/// <param name="Until">Until when an answer counts.</param>
[GenerateSerializer, Immutable, Alias("PanelQuestion")]
public sealed record PanelQuestion(
    [property: Id(0)] string Id,
    [property: Id(1)] string Topic,
    [property: Id(2)] ReleaseSeed Seed,
    [property: Id(3)] int Silent,
    [property: Id(4)] int Few,
    [property: Id(5)] int Many,
    [property: Id(6)] DateTimeOffset AskedAt,
    [property: Id(7)] DateTimeOffset Until)
{
    /// <summary>All of a stratum.</summary>
    public const int Whole = 10_000;
}

/// <summary>The last question of a tribe that a customer was asked.</summary>
/// <param name="Id">Goes into the answer.</param>
/// <param name="Tribe">Who asks.</param>
/// <param name="Topic">What it is about.</param>
/// <param name="AskedAt">When it was shown first: the next one comes a month later at the earliest.</param>
/// <param name="Until">Until when an answer counts.</param>
/// <param name="IsAnswered">True once it was.</param>
[GenerateSerializer, Immutable, Alias("AskedQuestion")]
public sealed record AskedQuestion(
    [property: Id(0)] string Id,
    [property: Id(1)] TribeId Tribe,
    [property: Id(2)] string Topic,
    [property: Id(3)] DateTimeOffset AskedAt,
    [property: Id(4)] DateTimeOffset Until,
    [property: Id(5)] bool IsAnswered);
