using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>
/// What to look up to decide about an entry. The caller looks up the keys of a group of entries at once, with a few
/// statements, and puts what it finds into <see cref="MatchingCandidates"/>.
/// </summary>
/// <remarks>
/// <list type="bullet">
/// <item>Loans of the organisation whose reference is in <see cref="References"/>, with all their repayments that no
/// entry has confirmed.</item>
/// <item>All unconfirmed repayments of <see cref="Amount"/>, with their loans. A payer's own words can stand anywhere
/// in a text, which no index finds, but both rules that need no reference (own words, payer's account) need the equal
/// amount. So one lookup by organisation and amount, among the unconfirmed only, is complete for both.</item>
/// <item>The transfers of the organisation in <see cref="Transfers"/>.</item>
/// <item>The ordered returns to payers of <see cref="TakenBack"/>, and the returns in <see cref="Returns"/>.</item>
/// <item>For money that left: earlier booked credits of this account with the opposite amount, and the bank's reference
/// or end-to-end id of the entry, that were not taken back.</item>
/// </list>
/// </remarks>
public sealed record CandidateKeys
{
    // A text of many words that begin like references is not one reference mistyped.
    private const int ReferenceWordsMax = 6;

    /// <summary>
    /// Everything in the entry with the form and the check digits of a reference. About one of 97 wrong lengths passes
    /// the check, so most of a text's keys are of no loan.
    /// </summary>
    public required IReadOnlySet<string> References { get; init; }

    /// <summary>The transfers that the entry names.</summary>
    public required IReadOnlySet<TransferId> Transfers { get; init; }

    /// <summary>The entries whose return to the payer the entry names.</summary>
    public required IReadOnlySet<StatementEntryId> Returns { get; init; }

    /// <summary>The amount of reports that the entry may pay; null for money that left.</summary>
    public required Money? Amount { get; init; }

    /// <summary>The amount of credits that the entry may take back; null for money that came.</summary>
    public required Money? TakenBack { get; init; }

    /// <summary>The bank's reference, if it is one that identifies.</summary>
    public required string? BankReference { get; init; }

    /// <summary>Returns the keys of an entry. An entry that is not booked has none.</summary>
    public static CandidateKeys Of(StatementEntry entry)
    {
        var texts = new EntryTexts(entry);
        var isBooked = entry.Status == EntryStatus.Book;
        return new()
        {
            References = isBooked ? texts.PossibleReferences().ToHashSet(StringComparer.Ordinal) : [],
            Transfers = isBooked ? texts.Transfers().ToHashSet() : [],
            Returns = isBooked ? texts.Returns().ToHashSet() : [],
            Amount = isBooked && entry.Amount.IsPositive ? entry.Amount : null,
            TakenBack = isBooked && !entry.Amount.IsPositive ? -entry.Amount : null,
            BankReference = EntryFingerprint.IdentifyingReference(entry),
        };
    }

    /// <summary>
    /// References that one mistake makes of what is in an entry, to look up for <see cref="MatchingBook.Suggest"/>.
    /// Some 15 per word that begins like a reference. They take a millisecond, so only entries that wait need them.
    /// </summary>
    public static IReadOnlySet<string> SimilarReferencesOf(StatementEntry entry) =>
        new EntryTexts(entry)
            .ReferenceWords()
            .Take(ReferenceWordsMax)
            .SelectMany(SimilarReferences.OneMistakeFrom)
            .ToHashSet(StringComparer.Ordinal);
}
