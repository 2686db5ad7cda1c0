namespace CustomerContext.SentimentTraining;

/// <summary>What is learned from: a sample, its target from 0 to 1, and how much it counts.</summary>
internal readonly record struct Lesson(Sample Sample, float Target, float Weight);

/// <summary>Logistic regression with one logit: AdaGrad, a little weight decay, the lessons in an order drawn by seed. What comes out is the mean of the weights
/// after each epoch but the first two, which depends less on that order.</summary>
internal sealed class LinearTrainer(int places, int bins)
{
    private const int Epochs = 8;
    private const int Unsettled = 2;
    private const float Rate = 0.1f;
    private const float BinRate = Rate / 3;
    private const float Decay = 1e-3f;

    private readonly float[] _sums = new float[places];
    private readonly float[] _binSums = new float[bins];

    private readonly float[] _meanWeights = new float[places];
    private readonly float[] _meanBins = new float[bins];

    public float[] Weights { get; } = new float[places];

    public float[] Bins { get; } = new float[bins];

    public float Logit(Sample sample)
    {
        var sum = 0f;
        foreach (var place in sample.Places)
        {
            sum += Weights[place];
        }

        sum /= MathF.Sqrt(Math.Max(1, sample.Places.Length));
        foreach (var bin in sample.Bins)
        {
            sum += Bins[bin];
        }

        return sum;
    }

    public LinearTrainer Train(Lesson[] lessons, int seed)
    {
        var order = Enumerable.Range(0, lessons.Length).ToArray();
        var random = Seeded.Random(seed);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var index in order)
            {
                Learn(lessons[index]);
            }

            if (epoch >= Unsettled)
            {
                AddTo(_meanWeights, Weights);
                AddTo(_meanBins, Bins);
            }
        }

        _meanWeights.CopyTo(Weights, 0);
        _meanBins.CopyTo(Bins, 0);
        return this;
    }

    private void Learn(Lesson lesson)
    {
        var error = lesson.Weight * ((1 / (1 + MathF.Exp(-Logit(lesson.Sample)))) - lesson.Target);
        var step = error / MathF.Sqrt(Math.Max(1, lesson.Sample.Places.Length));
        foreach (var place in lesson.Sample.Places)
        {
            Update(Weights, _sums, place, step + (Decay * Weights[place]), Rate);
        }

        foreach (var bin in lesson.Sample.Bins)
        {
            Update(Bins, _binSums, bin, error + (Decay * Bins[bin]), BinRate);
        }
    }

    private static void AddTo(float[] means, float[] values)
    {
        for (var i = 0; i < means.Length; i++)
        {
            means[i] += values[i] / (Epochs - Unsettled);
        }
    }

    private static void Update(float[] weights, float[] sums, int place, float gradient, float rate)
    {
        sums[place] += gradient * gradient;
        weights[place] -= rate * gradient / MathF.Sqrt(sums[place] + 1e-3f);
    }
}
