using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>The linear model of languages: for each place of the table one weight a language, side by side, in units of <paramref name="scale"/>.</summary>
internal sealed class LanguageWeights(sbyte[] table, float scale, float[] bias)
{
    /// <summary>The table.</summary>
    public sbyte[] Table { get; } = table;

    /// <summary>What a weight of 1 stands for.</summary>
    public float Scale { get; } = scale;

    /// <summary>One a language.</summary>
    public float[] Bias { get; } = bias;

    /// <summary>Adds up the weights of one word's features: too few to overflow 16 bits.</summary>
    public Vector256<int> Sum(ReadOnlySpan<int> places)
    {
        ref var first = ref MemoryMarshal.GetArrayDataReference(Table);
        var sums = Vector128<short>.Zero;
        foreach (var place in places)
        {
            var row = Unsafe.ReadUnaligned<long>(ref Unsafe.As<sbyte, byte>(ref Unsafe.Add(ref first, place * TextLanguages.Count)));
            sums += Vector128.WidenLower(Vector128.CreateScalarUnsafe(row).AsSByte());
        }

        return Vector256.WidenLower(sums.ToVector256());
    }

    /// <summary>The probability of each language, from the sum of <paramref name="features"/> rows.</summary>
    public void Probabilities(Vector256<int> sums, int features, Span<float> probabilities)
    {
        var factor = Scale / MathF.Sqrt(Math.Max(1, features));
        var highest = float.MinValue;
        for (var i = 0; i < probabilities.Length; i++)
        {
            probabilities[i] = Bias[i] + (sums[i] * factor);
            highest = Math.Max(highest, probabilities[i]);
        }

        var total = 0f;
        foreach (ref var one in probabilities)
        {
            one = MathF.Exp(one - highest);
            total += one;
        }

        foreach (ref var one in probabilities)
        {
            one /= total;
        }
    }
}
