namespace CustomerContext.Domain.Tribes;

/// <summary>What strata say together, before noise and rounding.</summary>
/// <param name="Score">Each stratum's mean weighted by its share of the whole membership, in [-1, 1].</param>
/// <param name="Variance">Of the score: sum of share^2 (1 - n / N) s^2 / n.</param>
/// <param name="Degrees">Degrees of freedom of the variance (Satterthwaite 1946); infinite where there is no variance.</param>
/// <param name="Share">Share of the membership that these strata make up, in (0, 1]; 1 if all are known.</param>
/// <param name="Voices">Voices in them.</param>
/// <param name="Heaviest">The weight of the heaviest voice: by twice this, at most, one member can move the score.</param>
public readonly record struct MoodEstimate(double Score, double Variance, double Degrees, double Share, int Voices, double Heaviest)
{
    /// <summary>True if every stratum that has members has voices enough.</summary>
    public bool IsWhole => Share == 1;

    /// <summary>Half of the 90 % interval, for a variance made larger by that of noise (0: none).</summary>
    public double HalfWidth(double noiseVariance) => StudentT.Quantile95(Degrees) * Math.Sqrt(Variance + noiseVariance);
}
