namespace CustomerContext.Domain.Topics;

/// <summary>
/// Maps letters to the symbols of the lists: lower case, without accents; a to z and 0 to 9 are symbols 1 to 36. So "Kündigung", "KUENDIGUNG" (in the list too) and
/// "kundigung" are all found.
/// </summary>
internal static class Folding
{
    /// <summary>Symbols, <see cref="None"/> included.</summary>
    public const int Symbols = 37;

    /// <summary>No letter or digit: a word ends here.</summary>
    public const byte None = 0;

    /// <summary>A letter that no list has.</summary>
    public const byte Other = 254;

    /// <summary>A combining accent, which is skipped.</summary>
    public const byte CombiningAccent = 255;

    private const int Known = 0x180;
    private static readonly byte[] Table = MakeTable();

    /// <summary>The symbol of a UTF-16 unit; of a ligature its first.</summary>
    public static byte Symbol(char unit) =>
        unit < Known ? Table[unit]
        : unit is >= '\u0300' and <= '\u036F' ? CombiningAccent
        : char.IsLetter(unit) || char.IsSurrogate(unit) ? Other
        : None;

    /// <summary>The second symbol of a ligature; <see cref="None"/> of everything else.</summary>
    public static byte Second(char unit) => unit switch
    {
        'ß' => Symbol('s'),
        'æ' or 'Æ' or 'œ' or 'Œ' => Symbol('e'),
        _ => None,
    };

    private static byte[] MakeTable()
    {
        var table = new byte[Known];
        for (var unit = 0; unit < Known; unit++)
        {
            table[unit] = char.IsLetter((char)unit) ? Other : None;
        }

        foreach (var letters in (ReadOnlySpan<string>)[
            "aàáâãäåāăąæ", "b", "cçćĉċč", "dďđð", "eèéêëēĕėęě", "f", "gĝğġģ", "hĥħ", "iìíîïĩīĭįı", "jĵ", "kķ", "lĺļľŀł", "m",
            "nñńņňŉ", "oòóôõöøōŏőœ", "p", "q", "rŕŗř", "sśŝşšß", "tţťŧþ", "uùúûüũūŭůűų", "v", "wŵ", "x", "yýÿŷ", "zźżž",
            "0", "1", "2", "3", "4", "5", "6", "7", "8", "9"])
        {
            var symbol = (byte)(char.IsAsciiDigit(letters[0]) ? letters[0] - '0' + 27 : letters[0] - 'a' + 1);
            foreach (var letter in letters)
            {
                table[letter] = symbol;
                table[char.ToUpperInvariant(letter) is var upper && upper < Known ? upper : letter] = symbol;
            }
        }

        return table;
    }
}
