namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>Takes the features of a text as they are read: adds weights up when scoring, remembers them when training.</summary>
internal interface IFeatureSink
{
    /// <summary>Words, pairs of words, n-grams and signs, as places in the table of weights.</summary>
    void Take(ReadOnlySpan<int> places);
}
