using CustomerContext.Domain.Signals;

namespace CustomerContext.Silo.Api.Contexts;

/// <summary>Units and marks of values, from the domain to the contract.</summary>
internal static class Provenances
{
    private const double Thousand = 1_000;

    /// <summary>The contract's provenance, which counts from the strongest; the domain's from the weakest.</summary>
    public static V1.Provenance Of(Provenance provenance) => provenance switch
    {
        Provenance.Declared => V1.Provenance.Declared,
        Provenance.Observed => V1.Provenance.Observed,
        _ => V1.Provenance.Inferred,
    };

    extension(int thousandths)
    {
        /// <summary>Thousandths as a ratio.</summary>
        public double Ratio() => thousandths / Thousand;
    }

    extension(long thousandths)
    {
        /// <summary>Thousandths as a ratio.</summary>
        public double Ratio() => thousandths / Thousand;
    }
}
