namespace CustomerContext.SentimentTraining;

/// <summary>Logistic regression over a few numbers.</summary>
internal static class DenseTrainer
{
    private const int Epochs = 6;
    private const float Rate = 0.2f;

    public static float[] Train((float[] Inputs, float Target, float Weight)[] lessons, int seed)
    {
        var count = lessons[0].Inputs.Length;
        var (weights, sums) = (new float[count], new float[count]);
        var order = Enumerable.Range(0, lessons.Length).ToArray();
        var random = Seeded.Random(seed);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var index in order)
            {
                var (inputs, target, weight) = lessons[index];
                var logit = weights.Zip(inputs, (one, input) => one * input).Sum();
                var error = weight * ((1 / (1 + MathF.Exp(-logit))) - target);
                for (var i = 0; i < count; i++)
                {
                    var gradient = error * inputs[i];
                    sums[i] += gradient * gradient;
                    weights[i] -= Rate * gradient / MathF.Sqrt(sums[i] + 1e-2f);
                }
            }
        }

        return weights;
    }
}
