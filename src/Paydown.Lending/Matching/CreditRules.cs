using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using static Paydown.Lending.Matching.EntryReading;

namespace Paydown.Lending.Matching;

/// <summary>Decides about money that came into the account.</summary>
internal static class CreditRules
{
    /// <summary>The bank books a transfer at most this many days before the day that the customer reports.</summary>
    public const int DaysEarlierMax = 3;

    /// <summary>The bank books a transfer at most this many days after the day that the customer reports.</summary>
    public const int DaysLaterMax = 7;

    private const int ReportsShownMax = 3;

    private const int NearlyDivisor = 50; // Within 2 % of the amount.

    /// <summary>The first rule that applies decides. A test holds their order.</summary>
    public static EntryDecision Decide(EntryReading entry, CandidateBook book) =>
        ByTransfer(entry, book)
        ?? ByReturn(entry, book)
        ?? ByOwnAccount(entry, book)
        ?? ByInterest(entry)
        ?? ByDetails(entry)
        ?? BySeveralLoans(entry)
        ?? ByObstacle(entry)
        ?? ByReferenceAndAmount(entry, book)
        ?? ByOtherAmount(entry, book)
        ?? ByReferenceAlone(entry, book)
        ?? ByOwnWords(entry, book)
        ?? ByOtherCreditor(entry)
        ?? ByAccountAndAmount(entry, book)
        ?? new(MatchOutcome.Unmatched, MatchRule.None, ["No reference, words or account in it lead to a repayment."]);

    // Money of a transfer of the lender is never a repayment, whatever else the entry says.
    private static EntryDecision? ByTransfer(EntryReading entry, CandidateBook book)
    {
        if (book.FindTransfer(entry.Texts.Transfers()) is not { } transfer)
            return null;
        EntryDecision Of(MatchOutcome outcome, string reason) =>
            new(outcome, MatchRule.Transfer, [reason]) { TransferId = transfer.Id };
        return transfer.HasEnded ? Of(MatchOutcome.Decide, "The transfer that it names has failed or come back before.")
            : transfer.Amount != entry.Amount
                ? Of(MatchOutcome.Decide, $"It names a transfer of {transfer.Amount}, but {entry.Amount} came.")
            : Of(MatchOutcome.Returned, $"It returns your transfer of {transfer.Amount}.");
    }

    // It gives back money that left: a charge, a payment that failed.
    private static EntryDecision? ByReturn(EntryReading entry, CandidateBook book) =>
        entry.Entry.ReturnReason is { } code
            ? new(
                MatchOutcome.Decide,
                MatchRule.TakenBack,
                [$"The bank returns a payment of yours, for reason {code}."]
            )
        : !entry.Entry.IsReversal ? null
        : book.Charges.FindCharge(entry.Entry) is { } sign
            ? new(MatchOutcome.BankCharge, MatchRule.OfTheBank, [$"The bank gives back a charge that it calls {sign}."])
        : new(MatchOutcome.Decide, MatchRule.TakenBack, ["The bank marks it as the reversal of a payment of yours."]);

    private static EntryDecision? ByOwnAccount(EntryReading entry, CandidateBook book) =>
        book.IsOwnAccount(entry.Entry.CounterpartyAccount)
            ? new(MatchOutcome.OwnTransfer, MatchRule.OwnAccount, ["The other account is yours, too."])
            : null;

    private static EntryDecision? ByInterest(EntryReading entry) =>
        BankChargeWords.FindInterest(entry.Entry) is { } code
            ? new(MatchOutcome.BankInterest, MatchRule.OfTheBank, [$"The bank calls it interest ({code})."])
            : null;

    // One booking for several payments: its amount and texts are not those of one of them.
    private static EntryDecision? ByDetails(EntryReading entry) =>
        entry.Entry.DetailsDiffer
            ? new(
                MatchOutcome.Decide,
                MatchRule.DetailsDiffer,
                ["It is a collective booking, and its details do not add up to it."]
            )
            : null;

    private static EntryDecision? BySeveralLoans(EntryReading entry)
    {
        if (entry.Named.Count > 1)
            return Several(entry.Named.Select(loan => loan.Reference), "It names several loans");
        return entry.OnlyNamed is { } loan && entry.Texts.StructuredReference is { } other && other != loan.Reference
            ? Several([other, loan.Reference], "Its structured field and its text name different creditors")
            : null;
    }

    private static EntryDecision Several(IEnumerable<string> references, string what) =>
        new(MatchOutcome.Decide, MatchRule.SeveralLoans, [$"{what}: {List(references)}."]);

    private static EntryDecision? ByObstacle(EntryReading entry) =>
        entry.OnlyNamed is { } loan && loan.FindObstacle(entry.Amount) is { } obstacle
            ? new(MatchOutcome.Decide, MatchRule.LoanTakesNoMoney, [entry.PlaceOf(loan), obstacle]) { LoanId = loan.Id }
            : null;

    // Of several equal reports, the nearest day; of two as near, the one for which nothing is posted.
    private static EntryDecision? ByReferenceAndAmount(EntryReading entry, CandidateBook book)
    {
        if (entry.OnlyNamed is not { } loan)
            return null;
        var nearest = OpenReportsOf(loan, entry, book)
            .Where(report => report.Amount == entry.Amount)
            .OrderBy(report => Math.Abs(entry.DaysAfter(report)))
            .ThenBy(report => !report.IsVerified)
            .ThenBy(report => report.Id.Value)
            .FirstOrDefault();
        return nearest is null ? null : Pays(nearest, MatchRule.ReferenceAndAmount, entry.PlaceOf(loan));
    }

    // Also if an officer has verified a report that this may be a part or several of: to record what came would count
    // the money twice.
    private static EntryDecision? ByOtherAmount(EntryReading entry, CandidateBook book)
    {
        if (entry.OnlyNamed is not { } loan)
            return null;
        var open = OpenReportsOf(loan, entry, book).ToList();
        var isCounted = MayBeOf(open.Where(report => report.IsVerified), entry.Amount);
        var reports = open.Where(report => !report.IsVerified || isCounted)
            .OrderBy(report => Math.Abs(entry.DaysAfter(report)))
            .ThenBy(report => report.Id.Value)
            .ToList();
        if (reports.Count == 0)
            return null;
        var reported = reports.Take(ReportsShownMax).Select(report => $"{report.Amount} of {Write(report.PaidOn)}");
        var more = reports.Count > ReportsShownMax ? $", and {reports.Count - ReportsShownMax} more" : "";
        var what = reports.Count == 1 ? "report is" : "reports are";
        var counted = reports.Exists(report => report.IsVerified) ? " An officer has verified it already." : "";
        return new(
            MatchOutcome.Decide,
            MatchRule.AmountDiffers,
            [entry.PlaceOf(loan), $"{entry.Amount} came, but the {what} {string.Join(", ", reported)}{more}.{counted}"]
        )
        {
            LoanId = loan.Id,
        };
    }

    private static EntryDecision? ByReferenceAlone(EntryReading entry, CandidateBook book)
    {
        if (entry.OnlyNamed is not { } loan)
            return null;
        var isTooLarge = entry.Amount > (book.FourEyesAbove ?? entry.Amount);
        return new(
            isTooLarge ? MatchOutcome.Decide : MatchOutcome.Record,
            MatchRule.ReferenceAlone,
            [
                entry.PlaceOf(loan),
                isTooLarge
                    ? $"Nobody reported it, and amounts above {book.FourEyesAbove} need an officer."
                    : "No report of this loan is open, so it is recorded.",
            ]
        )
        {
            LoanId = loan.Id,
        };
    }

    private static EntryDecision? ByOwnWords(EntryReading entry, CandidateBook book) =>
        ByOnlyReport(
            entry,
            book,
            MatchRule.OwnWords,
            report => MayBe(report, entry) && report.OwnReference is { } words && entry.Texts.HasWords(words),
            report => $"The payer's words \"{report.OwnReference}\" are in it."
        );

    private static EntryDecision? ByOtherCreditor(EntryReading entry) =>
        entry.Texts.StructuredReference is { } other
            ? new(
                MatchOutcome.Unmatched,
                MatchRule.OtherCreditor,
                [
                    $"The reference {other} in the structured field is of no loan of yours. "
                        + "The money may be somebody else's.",
                ]
            )
            : null;

    private static EntryDecision? ByAccountAndAmount(EntryReading entry, CandidateBook book) =>
        ByOnlyReport(
            entry,
            book,
            MatchRule.AccountAndAmount,
            report =>
                entry.IsNear(report) && EntryTexts.IsSameAccount(report.PayerAccount, entry.Entry.CounterpartyAccount),
            report => $"The payer's account {report.PayerAccount} is in the report."
        );

    private static EntryDecision? ByOnlyReport(
        EntryReading entry,
        CandidateBook book,
        MatchRule rule,
        Func<CandidateReport, bool> fits,
        Func<CandidateReport, string> why
    )
    {
        var fitting = book.OpenReportsOf(entry.Amount).Where(fits).ToList();
        if (fitting is [])
            return null;
        if (fitting is not [var report])
        {
            var days = List(fitting.Select(each => Write(each.PaidOn)).Distinct());
            return new(
                MatchOutcome.Decide,
                rule,
                [$"{fitting.Count} reports fit it as well, with the same amount: of {days}."]
            );
        }

        return book.LoanOf(report).FindObstacle(entry.Amount) is { } obstacle
            ? new(MatchOutcome.Decide, rule, [why(report), obstacle]) { LoanId = report.LoanId }
            : Pays(report, rule, why(report));
    }

    private static EntryDecision Pays(CandidateReport report, MatchRule rule, string why)
    {
        var equals = $"The amount equals the report of {Write(report.PaidOn)}.";
        return new(
            report.IsVerified ? MatchOutcome.Confirm : MatchOutcome.Verify,
            rule,
            report.IsVerified
                ? [why, equals, "An officer has verified it already, so nothing is posted."]
                : [why, equals]
        )
        {
            RepaymentId = report.Id,
            LoanId = report.LoanId,
        };
    }

    private static IEnumerable<CandidateReport> OpenReportsOf(
        CandidateLoan loan,
        EntryReading entry,
        CandidateBook book
    ) => book.OpenReportsOf(loan.Id).Where(report => MayBe(report, entry));

    // What an officer verified long before or after is another payment of the same amount: a loan's installments are
    // equal, and repayments from before the first statement never get an entry.
    private static bool MayBe(CandidateReport report, EntryReading entry) => !report.IsVerified || entry.IsNear(report);

    // A part of them, or several in one transfer; the bank may add a little.
    private static bool MayBeOf(IEnumerable<CandidateReport> reports, Money came) =>
        reports.Sum(report => report.Amount.MinorUnits) is var sum && came.MinorUnits <= sum + sum / NearlyDivisor;

    private static string List(IEnumerable<string> words) => string.Join(" and ", words.Order(StringComparer.Ordinal));
}
