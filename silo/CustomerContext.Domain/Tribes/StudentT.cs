namespace CustomerContext.Domain.Tribes;

/// <summary>Quantiles of Student's t.</summary>
public static class StudentT
{
    private const double Normal95 = 1.6448536269514722;

    /// <summary>
    /// The 95 % quantile, which bounds a two-sided 90 % interval. Cornish-Fisher expansion about the normal quantile (Abramowitz and Stegun 26.7.5), off by less
    /// than 0.003 from 4 degrees on.
    /// </summary>
    /// <param name="degrees">Degrees of freedom, at least 1; need not be whole.</param>
    public static double Quantile95(double degrees)
    {
        const double z = Normal95;
        const double z3 = z * z * z;
        const double z5 = z3 * z * z;
        const double z7 = z5 * z * z;
        const double z9 = z7 * z * z;
        var v = Math.Max(1, degrees);
        return z
            + ((z3 + z) / (4 * v))
            + (((5 * z5) + (16 * z3) + (3 * z)) / (96 * v * v))
            + (((3 * z7) + (19 * z5) + (17 * z3) - (15 * z)) / (384 * v * v * v))
            + (((79 * z9) + (776 * z7) + (1482 * z5) - (1920 * z3) - (945 * z)) / (92160 * v * v * v * v));
    }
}
