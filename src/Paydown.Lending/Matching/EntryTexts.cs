using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Lending.Statements;
using Paydown.Lending.Wallets;

namespace Paydown.Lending.Matching;

/// <summary>What an entry names: references of loans, transfers, and a payer's own words.</summary>
internal sealed class EntryTexts
{
    private const string ReferencePrefix = "RF";
    private const string TransferPrefix = "TRF";
    private const int TransferLength = 35;

    // Shorter references are found by chance within other words.
    private const int HiddenReferenceLengthMin = 9;

    // Own words of this length identify a payment wherever they stand; shorter ones only as a word.
    private const int HiddenWordsLengthMin = 6;

    private readonly SquashedText structured;
    private readonly SquashedText[] all;

    /// <summary>Reads the texts of an entry.</summary>
    public EntryTexts(StatementEntry entry)
    {
        structured = SquashedText.Of(entry.Reference);
        all = [structured, SquashedText.Of(entry.EndToEndId), SquashedText.Of(entry.Text)];
    }

    /// <summary>The reference in the structured field; null if it has none with right check digits.</summary>
    public string? StructuredReference =>
        CreditorReference.IsElectronic(structured.Characters) ? structured.Characters : null;

    /// <summary>Letters and digits of a text, in upper-case ASCII; empty for null.</summary>
    public static string Squash(string? text) => SquashedText.Of(text).Characters;

    /// <summary>Whether two account numbers are the same, however they are grouped. False if one is missing.</summary>
    public static bool IsSameAccount(string? one, string? other) =>
        one is not null && other is not null && Squash(one) is { Length: > 0 } account && account == Squash(other);

    /// <summary>
    /// Everything that may be the reference of a loan. Its form does not show where a reference ends, so each length
    /// with right check digits is returned: only those that a loan has are references.
    /// </summary>
    public IEnumerable<string> PossibleReferences() => all.SelectMany(PossibleIn).Select(one => one.Reference);

    /// <summary>
    /// The known references. Of those that begin at one character, the longest counts; one within another does not.
    /// </summary>
    /// <param name="isKnown">Whether a loan of the lender has this reference.</param>
    public IReadOnlyList<string> KnownReferences(Func<string, bool> isKnown)
    {
        var known = new List<string>();
        foreach (var text in all)
        {
            var end = 0;
            foreach (var (start, reference) in PossibleIn(text))
            {
                if (start < end || !isKnown(reference))
                    continue;
                if (reference.Length < HiddenReferenceLengthMin && !text.IsWholeWords(start, reference.Length))
                    continue;
                end = start + reference.Length;
                if (!known.Contains(reference))
                    known.Add(reference);
            }
        }

        return known;
    }

    /// <summary>
    /// The words that begin like a reference, each alone and with the words after it: what a mistyped reference may be.
    /// </summary>
    public IEnumerable<string> ReferenceWords() =>
        from text in all
        from start in text.StartsOf(ReferencePrefix)
        where text.IsBoundary(start)
        from length in Enumerable.Range(
            HiddenReferenceLengthMin,
            CreditorReference.LengthMax + 2 - HiddenReferenceLengthMin
        )
        where start + length <= text.Characters.Length && text.IsBoundary(start + length)
        select text.Characters.Substring(start, length);

    /// <summary>The transfers that are named: <c>TRF</c> and 32 hexadecimal digits.</summary>
    public IEnumerable<TransferId> Transfers()
    {
        foreach (var text in all)
        {
            foreach (var start in text.StartsOf(TransferPrefix))
            {
                if (
                    start + TransferLength <= text.Characters.Length
                    && TransferReference.TryParse(text.Characters.Substring(start, TransferLength), out var id)
                )
                    yield return id;
            }
        }
    }

    /// <summary>The returns to payers that are named: <c>RET</c> and 32 hexadecimal digits.</summary>
    public IEnumerable<StatementEntryId> Returns()
    {
        foreach (var text in all)
        {
            foreach (var start in text.StartsOf(ReturnReference.Prefix))
            {
                if (
                    start + ReturnReference.Length <= text.Characters.Length
                    && ReturnReference.TryParse(text.Characters.Substring(start, ReturnReference.Length), out var id)
                )
                    yield return id;
            }
        }
    }

    /// <summary>
    /// Whether a payer's own words are in the entry. Words without a digit are too common, and short ones count only
    /// as whole words.
    /// </summary>
    public bool HasWords(string words)
    {
        var squashed = Squash(words);
        return squashed.Any(char.IsAsciiDigit) && all.Any(text => HasWords(text, squashed));
    }

    // EB-1288 is not in EB-12880.
    private static bool HasWords(SquashedText text, string words) =>
        text.StartsOf(words)
            .Any(start =>
                words.Length < HiddenWordsLengthMin
                    ? text.IsWholeWords(start, words.Length)
                    : !text.CutsNumber(start) && !text.CutsNumber(start + words.Length)
            );

    // Starts grow, and of one start the longest comes first.
    private static IEnumerable<(int Start, string Reference)> PossibleIn(SquashedText text)
    {
        foreach (var start in text.StartsOf(ReferencePrefix))
        {
            var longest = Math.Min(CreditorReference.LengthMax, text.Characters.Length - start);
            for (var length = longest; length >= CreditorReference.LengthMin; length--)
            {
                var reference = text.Characters.Substring(start, length);
                if (CreditorReference.IsElectronic(reference))
                    yield return (start, reference);
            }
        }
    }
}
