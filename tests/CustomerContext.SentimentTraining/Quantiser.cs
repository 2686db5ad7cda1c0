namespace CustomerContext.SentimentTraining;

/// <summary>Weights in one byte each.</summary>
internal static class Quantiser
{
    /// <summary>One weight in this many may be cut off, so that the others are the finer.</summary>
    private const int CutOff = 20_000;

    public static (sbyte[] Table, float Scale) Quantise(float[] weights)
    {
        var most = weights.Select(Math.Abs).Order().ElementAt(weights.Length - 1 - (weights.Length / CutOff));
        var scale = most / sbyte.MaxValue;
        return ([.. weights.Select(weight => (sbyte)Math.Clamp(MathF.Round(weight / scale), -sbyte.MaxValue, sbyte.MaxValue))], scale);
    }

    /// <summary>Two tables side by side.</summary>
    public static sbyte[] Interleave(sbyte[] first, sbyte[] second) => [.. first.Zip(second).SelectMany(pair => (sbyte[])[pair.First, pair.Second])];
}
