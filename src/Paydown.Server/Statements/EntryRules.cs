using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Statements;
using Paydown.Server.Loans;
using Paydown.Server.Repayments;

namespace Paydown.Server.Statements;

/// <summary>What the rules make of an entry.</summary>
internal enum OutcomeKind
{
    Verify,
    Confirm,
    Record,
    ToDecide,
    Unmatched,
    BankCharge,
}

/// <summary>What the rules make of an entry, and why.</summary>
/// <param name="Kind">What is done.</param>
/// <param name="Rule">The number of the rule.</param>
/// <param name="Reasons">Why, in words.</param>
/// <param name="RepaymentId">The report that it pays; null unless it verifies or confirms one.</param>
/// <param name="LoanId">The loan that it pays; null unless it records a repayment.</param>
internal sealed record EntryOutcome(
    OutcomeKind Kind,
    int Rule,
    IReadOnlyList<string> Reasons,
    RepaymentId? RepaymentId = null,
    LoanId? LoanId = null
);

/// <summary>
/// Decides what an entry of a bank statement pays. Only a reference of the loan in the entry together with the amount
/// decides by itself: a wrong match is worse than none.
/// </summary>
internal static class EntryRules
{
    // The bank may book later than the customer says to have paid, and a little earlier.
    private const int DaysEarlierMax = 3;
    private const int DaysLaterMax = 7;
    private const int ReferenceLengthMin = 5;
    private const int ReferenceLengthMax = 25;

    private static readonly string[] ChargeWords =
    [
        "CHARGE",
        "COMMISSION",
        "STAMP DUTY",
        "VAT ON",
        "SMS ALERT",
        "FEE ",
    ];

    /// <summary>
    /// Everything in an entry that may be a reference: it is one if a loan has it. Its form does not show where it
    /// ends.
    /// </summary>
    public static IEnumerable<string> ReferencesIn(StatementEntry entry)
    {
        foreach (var text in (string?[])[entry.Reference, entry.EndToEndId, entry.Text])
        {
            var squashed = Squashed(text);
            for (var start = squashed.IndexOf("RF", StringComparison.Ordinal); start >= 0; )
            {
                var lengthMax = Math.Min(ReferenceLengthMax, squashed.Length - start);
                for (var length = ReferenceLengthMin; length <= lengthMax; length++)
                    yield return squashed.Substring(start, length);
                start = squashed.IndexOf("RF", start + 1, StringComparison.Ordinal);
            }
        }
    }

    /// <summary>Decides about an entry.</summary>
    /// <param name="stored">The entry.</param>
    /// <param name="named">The loans whose references it has, each once.</param>
    /// <param name="found">The locked loans and their open repayments.</param>
    /// <param name="fourEyesAbove">Amounts above it need two officers; null if none do.</param>
    public static EntryOutcome Decide(
        StoredEntry stored,
        IReadOnlyList<LoanKey> named,
        DecidableRepayments found,
        Money? fourEyesAbove
    )
    {
        var entry = stored.Entry;
        if (!entry.Amount.IsPositive)
            return DecideDebit(entry);
        if (entry.IsReversal || entry.ReturnReason is not null)
            return new(OutcomeKind.ToDecide, 0, ["The bank marks it as a reversal or a return."]);
        if (named.Count == 0)
            return new(OutcomeKind.Unmatched, 9, ["No reference of a loan is in the entry."]);
        if (named.Count > 1)
            return new(OutcomeKind.ToDecide, 1, ["The entry names more than one loan."]);

        var loan = found.GetLoan(named[0].LoanId);
        return Forbids(stored, loan) is { } reason
            ? new(OutcomeKind.ToDecide, 2, [reason])
            : DecideNamed(stored, loan, [.. found.OpenOf(loan.Id)], fourEyesAbove);
    }

    /// <summary>
    /// The open report of an amount that is nearest to the money; null if there is none. One that an officer verified
    /// must be near: otherwise an old one of another installment would count as this money.
    /// </summary>
    public static StoredRepayment? NearestOf(
        StatementEntry entry,
        Money amount,
        IReadOnlyList<StoredRepayment> reports
    ) =>
        reports
            .Where(one => one.Amount == amount)
            .Where(one => one.Status == RepaymentStatus.PendingVerification || IsNear(entry, one))
            .OrderBy(one => Math.Abs(entry.ValueOn.DayNumber - one.PaidOn.DayNumber))
            .ThenBy(one => one.Id.Value)
            .FirstOrDefault();

    private static EntryOutcome DecideNamed(
        StoredEntry stored,
        StoredLoan loan,
        IReadOnlyList<StoredRepayment> reports,
        Money? fourEyesAbove
    )
    {
        var entry = stored.Entry;
        var pending = reports.Where(one => one.Status == RepaymentStatus.PendingVerification).ToList();
        var nearest = NearestOf(entry, entry.Amount, reports);
        if (nearest is not null)
        {
            var isPending = nearest.Status == RepaymentStatus.PendingVerification;
            return new(
                isPending ? OutcomeKind.Verify : OutcomeKind.Confirm,
                3,
                [
                    $"The entry has the reference {loan.Reference}.",
                    isPending
                        ? $"The amount is that of the report of {nearest.PaidOn:yyyy-MM-dd}."
                        : $"An officer verified the report of {nearest.PaidOn:yyyy-MM-dd} before.",
                ],
                nearest.Id
            );
        }

        if (pending.Count > 0)
        {
            return new(
                OutcomeKind.ToDecide,
                4,
                [
                    $"The entry has the reference {loan.Reference}.",
                    $"{entry.Amount} came, but {string.Join(" and ", pending.Select(one => one.Amount))} is reported.",
                ]
            );
        }

        return entry.Amount > fourEyesAbove
            ? new(
                OutcomeKind.ToDecide,
                5,
                [
                    $"The entry has the reference {loan.Reference}.",
                    "Nobody reported it, and it needs two pairs of eyes.",
                ]
            )
            : new(
                OutcomeKind.Record,
                5,
                [$"The entry has the reference {loan.Reference}.", "No report is open."],
                LoanId: loan.Id
            );
    }

    private static EntryOutcome DecideDebit(StatementEntry entry)
    {
        var text = entry.Text?.ToUpperInvariant() ?? "";
        var isCharge =
            entry.TransactionCode?.Contains("CHRG", StringComparison.Ordinal) is true
            || ChargeWords.Any(word => text.Contains(word, StringComparison.Ordinal));
        return isCharge
            ? new(OutcomeKind.BankCharge, 0, ["The text is that of a charge of the bank."])
            : new(OutcomeKind.Unmatched, 9, ["Money left the account for an unknown reason."]);
    }

    private static string? Forbids(StoredEntry stored, StoredLoan loan) =>
        stored.Bank != LedgerAccount.CollectionAccount ? "The money came to an account that loans are paid out of."
        : loan.Collector is { } collector ? $"{collector} collects the loan {loan.Reference}."
        : loan.Currency != stored.Amount.Currency
            ? $"The loan {loan.Reference} is in {loan.Currency.Code}, the money in {stored.Amount.Currency.Code}."
        : loan.State is LoanStatus.Active ? null
        : $"The loan {loan.Reference} is {Words.Write(loan.State)}.";

    private static bool IsNear(StatementEntry entry, StoredRepayment report) =>
        entry.ValueOn.DayNumber - report.PaidOn.DayNumber is >= -DaysEarlierMax and <= DaysLaterMax;

    private static string Squashed(string? text) =>
        text is null ? "" : string.Concat(text.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant();
}
