namespace CustomerContext.Domain.Common;

/// <summary>A consentable slice of the context. The numbers are those of the public contract.</summary>
public enum Facet
{
    /// <summary>Score, confidence, horizons, trend.</summary>
    Sentiment = 1,

    /// <summary>Topics, likes and dislikes.</summary>
    TopOfMind = 2,

    /// <summary>The latest conversations.</summary>
    Conversations = 3,

    /// <summary>Wanted outcome, "please do not", traits.</summary>
    Situation = 4,

    /// <summary>Mood of friends.</summary>
    Network = 5,

    /// <summary>Mood of tribes.</summary>
    Tribes = 6,

    /// <summary>How much the customer's voice counts.</summary>
    Influence = 7,

    /// <summary>What helped people like this customer.</summary>
    Help = 8,

    /// <summary>What is overdue.</summary>
    Attention = 9,
}
