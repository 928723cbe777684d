using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>
/// Decides what the entries of a lender's bank statements are, one after another: each decision sees those before it,
/// so a report is used once. A wrong match is worse than none. Names never decide, and what can be read in two ways
/// waits for an officer.
/// </summary>
/// <remarks>
/// For a group of entries the caller looks up their <see cref="CandidateKeys"/>, creates one book, and calls
/// <see cref="Decide"/> for the entries in the order of their ids. Duplicates are left out before:
/// <see cref="EntryOccurrences"/>. Two entries that compete for nothing are decided alike in any order.
/// </remarks>
public sealed class MatchingBook
{
    private readonly CandidateBook book;

    /// <summary>Creates a book.</summary>
    /// <exception cref="ArgumentException">A report has no loan among the candidates.</exception>
    public MatchingBook(MatchingCandidates candidates) => book = new(candidates);

    /// <summary>Decides about an entry, and uses up what the decision takes.</summary>
    public EntryDecision Decide(StatementEntryId id, StatementEntry entry)
    {
        var decision = Find(new EntryReading(entry, book));
        book.Apply(id, entry, decision);
        return decision;
    }

    /// <summary>
    /// What an officer may do with money in that waits, the best first. The book should also have the loans of
    /// <see cref="CandidateKeys.SimilarReferencesOf"/>, and the unconfirmed repayments of the payer's account. Nothing
    /// of it happens without an officer.
    /// </summary>
    public IReadOnlyList<MatchSuggestion> Suggest(StatementEntryId id, StatementEntry entry) =>
        entry.Status == EntryStatus.Book && entry.Amount.IsPositive
            ? SuggestionRules.Find(id, new EntryReading(entry, book), book)
            : [];

    private EntryDecision Find(EntryReading entry) =>
        entry.Entry.Status != EntryStatus.Book ? NotBooked(entry.Entry)
        : entry.Amount.IsPositive ? CreditRules.Decide(entry, book)
        : DebitRules.Decide(entry, book);

    private static EntryDecision NotBooked(StatementEntry entry) =>
        new(
            MatchOutcome.Pending,
            MatchRule.NotBooked,
            [
                entry.Status == EntryStatus.Pdng
                    ? "The bank has announced it and has not booked it, so it is not money yet."
                    : "The bank shows it for information only, so it is not money.",
            ]
        );
}
