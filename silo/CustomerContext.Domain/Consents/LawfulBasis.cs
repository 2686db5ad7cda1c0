namespace CustomerContext.Domain.Consents;

/// <summary>On what ground context may be read at all: the six of GDPR Art. 6(1), in its order.</summary>
public enum LawfulBasis
{
    /// <summary>Art. 6(1)(a).</summary>
    Consent = 1,

    /// <summary>Art. 6(1)(b).</summary>
    Contract,

    /// <summary>Art. 6(1)(c).</summary>
    LegalObligation,

    /// <summary>Art. 6(1)(d).</summary>
    VitalInterests,

    /// <summary>Art. 6(1)(e).</summary>
    PublicTask,

    /// <summary>Art. 6(1)(f).</summary>
    LegitimateInterests,
}
