namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>Takes the features of a text as they are read: adds weights up when scoring, remembers them when training.</summary>
internal interface IFeatureSink
{
    /// <summary>A word, pair of words, n-gram or sign, as a place in the table of weights.</summary>
    void Take(int place);
}
