using System.Globalization;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Silo.Api.Consents;

/// <summary>
/// Where a watch on disclosures stands: the last record that was pushed, by sequence and by the beginning of its hash, so that a log that was exchanged meanwhile is
/// noticed.
/// </summary>
internal readonly record struct RecordToken(long Sequence, string Hash)
{
    private const int HashDigits = 16;

    /// <summary>After <paramref name="head"/>.</summary>
    public static RecordToken After(ChainHead head) => new(head.Sequence, head.Hash.ToString()[..HashDigits]);

    /// <summary>The token of a request; absent if there is none.</summary>
    public static Outcome<RecordToken?> Read(string text, string field)
    {
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        return text.Length == 0 ? new Outcome<RecordToken?>()
            : dot > 0 && long.TryParse(text.AsSpan(0, dot), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence)
                ? new RecordToken(sequence, text[(dot + 1)..])
                : new Refusal(RefusalReason.InvalidArgument, field, "must be a resume_token of this method");
    }

    /// <summary>True if it stands after <paramref name="head"/>.</summary>
    public bool Is(ChainHead head) => this == After(head);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Sequence}.{Hash}");
}
