namespace CustomerContext.Domain.Tribes;

/// <summary>How much the members of two releases changed between them.</summary>
/// <param name="Score">In [-2, 2].</param>
/// <param name="Variance">Of the change.</param>
/// <param name="Heaviest">The weight of the heaviest of them.</param>
public readonly record struct MoodChange(double Score, double Variance, double Heaviest);
