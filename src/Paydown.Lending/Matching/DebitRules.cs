using Paydown.Lending.Statements;

namespace Paydown.Lending.Matching;

/// <summary>Decides about money that left the account. A reference of a loan in a debit never pays the loan.</summary>
internal static class DebitRules
{
    /// <summary>The first rule that applies decides. A test holds their order.</summary>
    public static EntryDecision Decide(EntryReading entry, CandidateBook book) =>
        ByTransfer(entry, book)
        ?? ByOwnAccount(entry, book)
        ?? ByReturn(entry, book)
        ?? ByCredit(entry, book)
        ?? ByUnknownReversal(entry)
        ?? ByCharge(entry, book)
        ?? ByInterest(entry)
        ?? new(
            MatchOutcome.Unmatched,
            MatchRule.None,
            [
                entry.OnlyNamed is { } loan
                    ? $"Money left the account. It names the loan {loan.Reference}, but what leaves never pays a loan."
                    : "Money left the account, and nothing in it is known.",
            ]
        );

    private static EntryDecision? ByTransfer(EntryReading entry, CandidateBook book)
    {
        if (book.FindTransfer(entry.Texts.Transfers()) is not { } transfer)
            return null;
        EntryDecision Of(MatchOutcome outcome, string reason) =>
            new(outcome, MatchRule.Transfer, [reason]) { TransferId = transfer.Id };
        return transfer.Amount != -entry.Amount
                ? Of(MatchOutcome.Decide, $"It names a transfer of {transfer.Amount}, but {-entry.Amount} left.")
            : transfer.HasLeft ? Of(MatchOutcome.Decide, "The transfer that it names has left the account before.")
            : transfer.HasEnded ? Of(MatchOutcome.Decide, "The transfer that it names has failed or come back before.")
            : Of(MatchOutcome.Settle, $"It is your transfer of {transfer.Amount}.");
    }

    private static EntryDecision? ByOwnAccount(EntryReading entry, CandidateBook book) =>
        book.IsOwnAccount(entry.Entry.CounterpartyAccount)
            ? new(MatchOutcome.OwnTransfer, MatchRule.OwnAccount, ["The other account is yours, too."])
            : null;

    // A return is paid by hand, so its reference may be missing. Then account and amount must be those of one return
    // that was ordered before. What the bank itself takes back names its own entry.
    private static EntryDecision? ByReturn(EntryReading entry, CandidateBook book)
    {
        EntryDecision Of(MatchOutcome outcome, CandidateReturn? one, string reason) =>
            new(outcome, MatchRule.ReturnToPayer, [reason]) { EntryId = one?.EntryId };
        if (book.FindReturn(entry.Texts.Returns()) is { } named)
        {
            return named.Amount != -entry.Amount
                    ? Of(MatchOutcome.Decide, null, $"It names a return of {named.Amount}, but {-entry.Amount} left.")
                : named.HasLeft ? Of(MatchOutcome.Decide, null, "The return that it names was paid before.")
                : Of(MatchOutcome.SendBack, named, $"It names the return of {named.Amount} to the payer.");
        }

        if (entry.Entry.IsReversal || entry.Entry.ReturnReason is not null)
            return null;
        var paid = book.ReturnsOf(-entry.Amount)
            .Where(one =>
                one.OrderedOn <= entry.Entry.BookedOn
                && EntryTexts.IsSameAccount(one.PayerAccount, entry.Entry.CounterpartyAccount)
            )
            .ToList();
        return paid switch
        {
            [] => null,
            [var one] => Of(
                MatchOutcome.SendBack,
                one,
                $"Account and amount are those of the return ordered on {EntryReading.Write(one.OrderedOn)}."
            ),
            _ => Of(MatchOutcome.Decide, null, $"Account and amount are those of {paid.Count} ordered returns."),
        };
    }

    // A recalled transfer has the bank's reference of the credit, a returned direct debit the payer's.
    private static EntryDecision? ByCredit(EntryReading entry, CandidateBook book)
    {
        var credits = book.CreditsOf(-entry.Amount)
            .Where(credit => credit.Entry.BookedOn <= entry.Entry.BookedOn)
            .ToList();
        var (same, by) = (credits.FindAll(credit => HasBankReferenceOf(credit.Entry, entry.Entry)), "bank's reference");
        if (same.Count == 0 && (entry.Entry.IsReversal || entry.Entry.ReturnReason is not null))
            (same, by) = (credits.FindAll(credit => HasEndToEndIdOf(credit.Entry, entry.Entry)), "end-to-end id");
        if (same is [])
            return null;
        if (same is not [var credit])
            return Undecided($"{same.Count} entries have its amount and its {by}, and it takes back one of them.");
        var day = EntryReading.Write(credit.Entry.BookedOn);
        string[] why = [$"It takes back the entry of {day}: amount and {by} are equal.", .. ReasonOf(entry.Entry)];
        return new(MatchOutcome.Reverse, MatchRule.TakenBack, why) { EntryId = credit.Id };
    }

    private static EntryDecision? ByUnknownReversal(EntryReading entry) =>
        entry.Entry.IsReversal || entry.Entry.ReturnReason is not null
            ? Undecided("The bank takes back an entry that is not known.", ReasonOf(entry.Entry))
            : null;

    private static EntryDecision? ByCharge(EntryReading entry, CandidateBook book) =>
        entry.Named.Count == 0 && book.Charges.FindCharge(entry.Entry) is { } sign
            ? new(MatchOutcome.BankCharge, MatchRule.OfTheBank, [$"It is a charge: the bank calls it {sign}."])
            : null;

    private static EntryDecision? ByInterest(EntryReading entry) =>
        BankChargeWords.FindInterest(entry.Entry) is { } code
            ? new(MatchOutcome.BankInterest, MatchRule.OfTheBank, [$"The bank calls it interest ({code})."])
            : null;

    private static EntryDecision Undecided(string why, string[]? more = null) =>
        new(MatchOutcome.Decide, MatchRule.TakenBack, [why, .. more ?? []]);

    private static string[] ReasonOf(StatementEntry entry) =>
        entry.ReturnReason is { } code ? [$"The reason is {code}."] : [];

    private static bool HasBankReferenceOf(StatementEntry credit, StatementEntry debit) =>
        EntryFingerprint.IdentifyingReference(debit) is { } reference
        && EntryFingerprint.IdentifyingReference(credit) == reference;

    private static bool HasEndToEndIdOf(StatementEntry credit, StatementEntry debit) =>
        debit.EndToEndId is { Length: > 0 } id && credit.EndToEndId == id;
}
