using System.Text;

namespace CustomerContext.Faults.Tests.Records;

/// <summary>Texts that must not be found any more, whichever way they are written: plain in UTF-8 or UTF-16, in hexadecimal, or in base64 at any alignment.</summary>
internal sealed class Needles(IEnumerable<string> texts)
{
    private const int Base64Group = 3;
    private const int Base64Digits = 4;

    private readonly (string Text, byte[] Bytes)[] _forms = [.. texts.SelectMany(text => Forms(text).Distinct(), (text, form) => (text, Encoding.Latin1.GetBytes(form)))];

    /// <summary>Which texts are in which of these files, and in which of these outputs.</summary>
    public IReadOnlyList<string> FoundIn(IEnumerable<string> folders, params string[] outputs)
    {
        var found = new List<string>();
        foreach (var file in folders.SelectMany(folder => Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal)))
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            stream.CopyTo(copy);
            found.AddRange(In(copy.ToArray()).Select(text => $"{text} in {Path.GetFileName(file)}"));
        }

        found.AddRange(outputs.SelectMany(output => In(Encoding.UTF8.GetBytes(output)).Select(text => $"{text} in the log")));
        return found;
    }

    private IEnumerable<string> In(byte[] bytes) => _forms.Where(form => bytes.AsSpan().IndexOf(form.Bytes) >= 0).Select(form => form.Text).Distinct();

    private static IEnumerable<string> Forms(string text)
    {
        var bytes = Encoding.UTF8.GetBytes(text);
        yield return Encoding.Latin1.GetString(bytes);
        yield return Encoding.Latin1.GetString(Encoding.Unicode.GetBytes(text));
        yield return Convert.ToHexString(bytes);
        yield return Convert.ToHexStringLower(bytes);
        for (var before = 0; before < Base64Group; before++)
        {
            // Only the digits that depend on the text alone.
            var digits = Convert.ToBase64String([.. new byte[before], .. bytes]);
            var first = before == 0 ? 0 : Base64Digits;
            var whole = (before + bytes.Length) / Base64Group * Base64Digits;
            yield return digits[first..whole];
            yield return digits[first..whole].Replace('+', '-').Replace('/', '_');
        }
    }
}
