using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace Paydown.Lending.BankAccounts;

/// <summary>
/// Whether a bank account is held in the name of a customer. Banks write names in capitals, the surname first, without
/// accents and with a title or further names; all that is forgiven. Every name of the customer must be there, as often
/// as the customer has it, and at most <see cref="FurtherWordsMax"/> other words: a joint account is somebody else's as
/// well.
/// </summary>
public static class AccountNameRules
{
    /// <summary>Room for a title and two middle names.</summary>
    public const int FurtherWordsMax = 3;

    private static readonly FrozenSet<string> WordsOfJointAccounts = FrozenSet.Create("AND", "OR");

    // A base letter, then the letters that replace it in names written without accents. The runtime's own tables are
    // left out (InvariantGlobalization), so the result is the same on every machine.
    private static readonly FrozenDictionary<char, string> PlainLetters = Fold(
        ("A", "ÀÁÂÃÄÅĀĂĄǍẠẢẤẦẨẪẬẮẰẲẴẶ"),
        ("B", "ƁḄ"),
        ("C", "ÇĆĈĊČ"),
        ("D", "ÐĎĐƊḌ"),
        ("E", "ÈÉÊËĒĔĖĘĚẸẺẼẾỀỂỄỆƐƎ"),
        ("G", "ĜĞĠĢǴ"),
        ("H", "ĤĦḤ"),
        ("I", "ÌÍÎÏĨĪĬĮİǏỈỊƖ"),
        ("J", "Ĵ"),
        ("K", "ĶƘḲ"),
        ("L", "ĹĻĽĿŁḶ"),
        ("M", "Ṃ"),
        ("N", "ÑŃŅŇŊǸṄṆ"),
        ("O", "ÒÓÔÕÖØŌŎŐƠǑỌỎỐỒỔỖỘỚỜỞỠỢƆ"),
        ("R", "ŔŖŘṚ"),
        ("S", "ŚŜŞŠȘṢ"),
        ("T", "ŢŤŦȚṬ"),
        ("U", "ÙÚÛÜŨŪŬŮŰŲƯǓỤỦỨỪỬỮỰ"),
        ("V", "Ṿ"),
        ("W", "ŴẀẂẄ"),
        ("Y", "ÝŶŸƳỲỴỶỸ"),
        ("Z", "ŹŻŽẒ"),
        ("AE", "Æ"),
        ("OE", "Œ"),
        ("SS", "ßẞ"),
        ("TH", "Þ")
    );

    /// <summary>True if the account's name is the customer's.</summary>
    public static bool Matches(string accountName, string customerName)
    {
        var held = Words(accountName);
        var wanted = Words(customerName);
        if (wanted.Count == 0 || !wanted.TrueForAll(held.Remove))
            return false;
        return held.Count <= FurtherWordsMax && !held.Exists(WordsOfJointAccounts.Contains);
    }

    /// <summary>True if two names of an account are the same, with the same tolerance.</summary>
    public static bool Agree(string accountName, string other)
    {
        var held = Words(accountName);
        var wanted = Words(other);
        return held.Count == wanted.Count && wanted.TrueForAll(held.Remove);
    }

    // Words in plain capitals. Apostrophes, points and joining marks are left out (O'Neil is ONEIL), all else that is
    // no letter parts words.
    private static List<string> Words(string name)
    {
        var plain = new StringBuilder(name.Length + 8);
        foreach (var rune in name.EnumerateRunes())
        {
            var upper = Rune.ToUpperInvariant(rune);
            if (upper.IsBmp && PlainLetters.TryGetValue((char)upper.Value, out var letters))
                plain.Append(letters);
            else if (Rune.IsLetterOrDigit(upper))
                plain.Append(upper);
            else if (upper.Value == '&')
                plain.Append(" AND ");
            else if (!IsLeftOut(upper))
                plain.Append(' ');
        }

        return [.. plain.ToString().Split(' ', StringSplitOptions.RemoveEmptyEntries)];
    }

    private static bool IsLeftOut(Rune rune) =>
        rune.Value is '\'' or '’' or '‘' or 'ʼ' or '`' or '.'
        || Rune.GetUnicodeCategory(rune) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    private static FrozenDictionary<char, string> Fold(params ReadOnlySpan<(string Plain, string Accented)> rows)
    {
        var folded = new Dictionary<char, string>();
        foreach (var (plain, accented) in rows)
        {
            foreach (var letter in accented)
                folded.Add(letter, plain);
        }

        return folded.ToFrozenDictionary();
    }
}
