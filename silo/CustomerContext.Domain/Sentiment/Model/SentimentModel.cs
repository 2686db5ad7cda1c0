namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>All that was learned.</summary>
internal sealed record SentimentModel(LanguageWeights Languages, FeelingWeights Feelings, FeelingMix Mix, Calibration Calibration);
