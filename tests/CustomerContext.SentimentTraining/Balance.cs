namespace CustomerContext.SentimentTraining;

/// <summary>How much an example counts, so that in each file good and bad count the same, and neutral half of both together.</summary>
internal sealed class Balance(IEnumerable<Example> examples)
{
    private readonly Dictionary<(string, Label), int> _counts =
        examples.GroupBy(example => (example.Line.File, example.Line.Label)).ToDictionary(group => group.Key, group => group.Count());

    public float OfPolarity(Example example) => (Count(example, Label.Negative) + Count(example, Label.Positive)) / 2 / Count(example, example.Line.Label);

    public float OfNeutral(Example example)
    {
        var (neutral, others) = (Count(example, Label.Neutral), Count(example, Label.Negative) + Count(example, Label.Positive));
        return example.Line.Label == Label.Neutral ? (neutral + others) / 3 / neutral : (neutral + others) * 2 / 3 / others;
    }

    /// <summary>All three labels of a file count the same.</summary>
    public float OfLabel(Example example) =>
        (Count(example, Label.Negative) + Count(example, Label.Neutral) + Count(example, Label.Positive)) / 3 / Count(example, example.Line.Label);

    private float Count(Example example, Label label) => _counts.GetValueOrDefault((example.Line.File, label));
}
