using System.Globalization;
using CustomerContext.Domain.Common;
using CustomerContext.Domain.Consents;

namespace CustomerContext.Storage.Journal;

/// <summary>
/// One line: number, time, customer key, epoch, what was done (or that an erasure is finished), grant. Opaque keys and nothing else, so that the journal may be copied
/// about.
/// </summary>
/// <param name="Number">1 for the first, then without a gap.</param>
/// <param name="At">When it was noted, in Unix seconds.</param>
/// <param name="Customer">Whose.</param>
/// <param name="Epoch">The epoch that it made: a store that has it knows of it. 0: an erasure is finished.</param>
/// <param name="Withdrawal">What was taken back; absent: an erasure is finished.</param>
internal readonly record struct JournalLine(long Number, long At, CustomerKey Customer, long Epoch, Withdrawal? Withdrawal)
{
    private const string Finished = "Finished";
    private const string None = "-";

    /// <exception cref="FormatException">It is no line of a journal.</exception>
    public static JournalLine Parse(string text)
    {
        var parts = text.Split(' ');
        if (parts.Length != 6)
        {
            throw new FormatException("A line of the journal of withdrawals has six parts.");
        }

        GrantId? grant = parts[5] == None ? null : new GrantId(parts[5]);
        return new JournalLine(
            NumberOf(parts[0]),
            NumberOf(parts[1]),
            new CustomerKey(parts[2]),
            NumberOf(parts[3]),
            parts[4] == Finished ? null : new Withdrawal(Enum.Parse<WithdrawalKind>(parts[4]), grant));
    }

    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture,
        $"{Number} {At} {Customer.Value} {Epoch} {Withdrawal?.Kind.ToString() ?? Finished} {Withdrawal?.Grant?.Value ?? None}");

    private static long NumberOf(string text) => long.Parse(text, NumberStyles.None, CultureInfo.InvariantCulture);
}
