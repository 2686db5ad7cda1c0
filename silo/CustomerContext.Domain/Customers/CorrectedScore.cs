using Orleans;

namespace CustomerContext.Domain.Customers;

/// <summary>A headline score that somebody put in place of ours: the customer, if the source is the customer, else an agent.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Score">Thousandths.</param>
[GenerateSerializer, Immutable, Alias("CorrectedScore")]
public sealed record CorrectedScore([property: Id(0)] Stamp Stamp, [property: Id(1)] int Score);

/// <summary>What somebody said about a topic.</summary>
/// <param name="Topic">Normalised.</param>
/// <param name="Stamp">When.</param>
/// <param name="Score">How the customer feels about it, thousandths. Absent: it is not on the customer's mind.</param>
[GenerateSerializer, Immutable, Alias("CorrectedTopic")]
public sealed record CorrectedTopic([property: Id(0)] string Topic, [property: Id(1)] Stamp Stamp, [property: Id(2)] int? Score);

/// <summary>A survey answer, mapped and original.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Score">Mapped to -1000..1000, thousandths.</param>
/// <param name="Question">Coded.</param>
/// <param name="Answer">As given, thousandths.</param>
/// <param name="ScaleMinimum">Thousandths.</param>
/// <param name="ScaleMaximum">Thousandths.</param>
[GenerateSerializer, Immutable, Alias("SurveyAnswer")]
public sealed record SurveyAnswer(
    [property: Id(0)] Stamp Stamp,
    [property: Id(1)] int Score,
    [property: Id(2)] string Question,
    [property: Id(3)] long Answer,
    [property: Id(4)] long ScaleMinimum,
    [property: Id(5)] long ScaleMaximum);

/// <summary>What an upstream system said on its own scale.</summary>
/// <param name="Stamp">When.</param>
/// <param name="Value">Thousandths.</param>
/// <param name="Minimum">Thousandths.</param>
/// <param name="Maximum">Thousandths.</param>
[GenerateSerializer, Immutable, Alias("UpstreamEntry")]
public sealed record UpstreamEntry(
    [property: Id(0)] Stamp Stamp,
    [property: Id(1)] long Value,
    [property: Id(2)] long Minimum,
    [property: Id(3)] long Maximum);
