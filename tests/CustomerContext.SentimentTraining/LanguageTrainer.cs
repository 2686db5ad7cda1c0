using CustomerContext.Domain.Sentiment;
using CustomerContext.Domain.Sentiment.Model;
using CustomerContext.Domain.Sentiment.Reading;
using CustomerContext.Domain.Sentiment.Words;

namespace CustomerContext.SentimentTraining;

/// <summary>Which language: softmax over hashed n-grams; each language counts the same. Sentences of other languages teach what is none of ours.</summary>
internal sealed class LanguageTrainer
{
    private const int Epochs = 6;
    private const float Rate = 0.3f;
    private const float Decay = 1e-6f;
    private const int RepeatOthers = 6;

    private readonly float[] _weights = new float[TextLanguages.Count << LanguageFeatures.Bits];
    private readonly float[] _sums = new float[TextLanguages.Count << LanguageFeatures.Bits];
    private readonly float[] _bias = new float[TextLanguages.Count];

    public LanguageWeights Train(IEnumerable<Line> lines)
    {
        var texts = lines.Select(line => (line.Text, line.Language)).Concat(Words()).Concat(Enumerable.Repeat(OtherLanguages.Sentences, RepeatOthers).SelectMany(all => all))
            .Select(item => (Places: Read(item.Item1), item.Item2)).Where(item => item.Places.Length > 0).ToArray();
        var counts = texts.GroupBy(text => text.Item2).ToDictionary(group => group.Key, group => group.Count());
        var order = Enumerable.Range(0, texts.Length).ToArray();
        var random = Seeded.Random(6);
        for (var epoch = 0; epoch < Epochs; epoch++)
        {
            random.Shuffle(order);
            foreach (var index in order)
            {
                var (places, language) = texts[index];
                Learn(places, (int)language, MathF.Sqrt(texts.Length / (float)TextLanguages.Count / counts[language]));
            }
        }

        var (table, scale) = Quantiser.Quantise(_weights);
        return new LanguageWeights(table, scale, _bias);
    }

    private static IEnumerable<(string Text, TextLanguage Language)> Words() =>
        from list in LexiconFiles.All
        where list.Language != TextLanguage.Other
        from words in LexiconFiles.Read(list.Name).Select(word => word.Word.TrimEnd('*')).Where(word => char.IsLetter(word[0])).Chunk(4)
        select (string.Join(' ', words), list.Language);

    private static int[] Read(string text)
    {
        var places = new List<int>();
        var tokens = new Tokens(text);
        Span<char> buffer = stackalloc char[Word.BufferLength];
        Span<int> one = stackalloc int[LanguageFeatures.PerWord];
        while (tokens.Next() is { Kind: not TokenKind.End } token)
        {
            if (token.Kind == TokenKind.Word)
            {
                places.AddRange(one[..LanguageFeatures.Read(Word.Read(text.AsSpan(token.Start, token.Length), buffer), one)]);
            }
        }

        return [.. places];
    }

    private void Learn(int[] places, int language, float weight)
    {
        Span<float> logits = stackalloc float[TextLanguages.Count];
        _bias.CopyTo(logits);
        var factor = 1 / MathF.Sqrt(places.Length);
        foreach (var place in places)
        {
            for (var i = 0; i < logits.Length; i++)
            {
                logits[i] += _weights[(place * TextLanguages.Count) + i] * factor;
            }
        }

        var total = 0f;
        foreach (ref var one in logits)
        {
            total += one = MathF.Exp(one);
        }

        for (var i = 0; i < logits.Length; i++)
        {
            logits[i] = weight * ((logits[i] / total) - (i == language ? 1 : 0));
            _bias[i] -= 0.01f * logits[i];
        }

        foreach (var place in places)
        {
            for (var i = 0; i < logits.Length; i++)
            {
                var at = (place * TextLanguages.Count) + i;
                var gradient = (logits[i] * factor) + (Decay * _weights[at]);
                _sums[at] += gradient * gradient;
                _weights[at] -= Rate * gradient / MathF.Sqrt(_sums[at] + 1e-3f);
            }
        }
    }
}
