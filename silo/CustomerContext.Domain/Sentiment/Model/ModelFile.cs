using System.Security.Cryptography;
using CustomerContext.Domain.Sentiment.Rules;

namespace CustomerContext.Domain.Sentiment.Model;

/// <summary>
/// The weights as bytes: magic, version, sizes, tables and numbers, all little-endian, and their SHA-256. How features are hashed and binned belongs to the version.
/// </summary>
internal static class ModelFile
{
    /// <summary>The version that this code reads and writes.</summary>
    public const int Version = 2;

    private const uint Magic = 0x57534343;

    /// <summary>Reads and checks.</summary>
    /// <exception cref="InvalidDataException">The bytes are damaged, cut off, or of another version.</exception>
    public static SentimentModel Read(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= SHA256.HashSizeInBytes || !SHA256.HashData(bytes[..^SHA256.HashSizeInBytes]).AsSpan().SequenceEqual(bytes[^SHA256.HashSizeInBytes..]))
        {
            throw new InvalidDataException("The weights of the sentiment scorer are damaged.");
        }

        using var reader = new BinaryReader(new MemoryStream(bytes[..^SHA256.HashSizeInBytes].ToArray()));
        if (reader.ReadUInt32() != Magic || reader.ReadInt32() != Version
            || reader.ReadInt32() != LanguageFeatures.Bits || reader.ReadInt32() != TextFeatures.Bits || reader.ReadInt32() != RuleBins.Count)
        {
            throw new InvalidDataException("The weights of the sentiment scorer are of another version.");
        }

        var languages = new LanguageWeights(Table(reader, TextLanguages.Count << LanguageFeatures.Bits), reader.ReadSingle(), Floats(reader, TextLanguages.Count));
        var feelings = new FeelingWeights(
            Table(reader, FeelingWeights.Heads << TextFeatures.Bits),
            Floats(reader, FeelingWeights.Heads),
            [.. Enumerable.Range(0, FeelingWeights.BinHeads).Select(_ => Floats(reader, RuleBins.Count))]);
        var mix = new FeelingMix(
            Floats(reader, TextLanguages.Count), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), Neutral(reader), Neutral(reader));
        var calibration = new Calibration(
            Floats(reader, TextLanguages.Count),
            Floats(reader, TextLanguages.Count),
            Floats(reader, TextLanguages.Count),
            Floats(reader, TextLanguages.Count),
            Floats(reader, Calibration.FeelingSteps),
            Floats(reader, Calibration.NeutralSteps));
        return new SentimentModel(languages, feelings, mix, calibration);
    }

    /// <summary>The bytes of <paramref name="model"/>.</summary>
    public static byte[] Write(SentimentModel model)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write(Magic);
        foreach (var number in (int[])[Version, LanguageFeatures.Bits, TextFeatures.Bits, RuleBins.Count])
        {
            writer.Write(number);
        }

        writer.Write((byte[])(Array)model.Languages.Table);
        writer.Write(model.Languages.Scale);
        Write(writer, model.Languages.Bias);
        writer.Write((byte[])(Array)model.Feelings.Table);
        Write(writer, model.Feelings.Scale);
        Array.ForEach(model.Feelings.Bins, bins => Write(writer, bins));
        Write(writer, [.. model.Mix.Slopes, model.Mix.Constant, model.Mix.Compound, model.Mix.Balance]);
        foreach (var neutral in (NeutralMix[])[model.Mix.English, model.Mix.Others])
        {
            Write(writer, [neutral.Constant, neutral.Head, neutral.Strength, neutral.Compound]);
        }

        var calibration = model.Calibration;
        Write(writer, [.. calibration.Boundary, .. calibration.Unhappy, .. calibration.UnhappyScore, .. calibration.Reliability]);
        Write(writer, [.. calibration.Feelings, .. calibration.Neutrals]);
        writer.Flush();
        var content = stream.ToArray();
        return [.. content, .. SHA256.HashData(content)];
    }

    private static NeutralMix Neutral(BinaryReader reader) => new(reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle(), reader.ReadSingle());

    private static sbyte[] Table(BinaryReader reader, int length) => (sbyte[])(Array)reader.ReadBytes(length);

    private static float[] Floats(BinaryReader reader, int length) => [.. Enumerable.Range(0, length).Select(_ => reader.ReadSingle())];

    private static void Write(BinaryWriter writer, float[] values) => Array.ForEach(values, writer.Write);
}

/// <summary>All that was learned.</summary>
internal sealed record SentimentModel(LanguageWeights Languages, FeelingWeights Feelings, FeelingMix Mix, Calibration Calibration);
