using Paydown.Lending.Accounting;
using Paydown.Lending.Amounts;
using Paydown.Server.Ledger;
using Paydown.Server.Platform;

namespace Paydown.Server.Loans;

/// <content>Money that a collector has collected.</content>
public sealed partial class LoanChanges
{
    /// <summary>Counts a repayment at once that a collector has collected and holds, less its commission.</summary>
    public LoanChange Collect(StoredLoan stored, StoredRepayment repayment, Money commission, ActionContext context) =>
        Counted(stored, stored, repayment, context) with
        {
            CollectorEntries =
            [
                Booked(CollectorPostings.Collected(repayment.Id, repayment.Amount, commission, repayment.PaidOn)),
            ],
        };

    // Whoever has the money now: what the collector owed for it is not owed any more.
    private IReadOnlyList<BookedEntry> TakenFromCollector(StoredRepayment repayment, DateOnly on) =>
        repayment.Commission is { } commission
            ? [Booked(CollectorPostings.TakenBack(repayment.Id, repayment.Amount, commission, on))]
            : [];
}
