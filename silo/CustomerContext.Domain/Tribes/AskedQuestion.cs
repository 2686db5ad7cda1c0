using CustomerContext.Domain.Common;
using Orleans;

namespace CustomerContext.Domain.Tribes;

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
