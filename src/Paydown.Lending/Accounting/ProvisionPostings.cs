using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using static Paydown.Lending.Accounting.LedgerAccount;

namespace Paydown.Lending.Accounting;

/// <summary>What the allowance for the loss of a loan posts.</summary>
public static class ProvisionPostings
{
    /// <summary>The entries of the month ends of a run: each books the difference.</summary>
    /// <param name="loanId">The loan.</param>
    /// <param name="from">What the ledger shows; null for nothing.</param>
    /// <param name="steps">What it must show after each month end.</param>
    public static IEnumerable<JournalEntry> Changed(SubjectId loanId, Provision? from, IReadOnlyList<Provision> steps)
    {
        foreach (var step in steps)
        {
            var change = from is { } last ? step.Allowance - last.Allowance : step.Allowance;
            from = step;
            if (!change.IsZero)
                yield return new JournalDraft(JournalEntryKind.ProvisionChanged, loanId, step.On, change.Currency)
                    .Debit(ProvisionExpense, change)
                    .Credit(LoanLossAllowance, change)
                    .Balanced();
        }
    }

    /// <summary>A write-off takes what was set aside for it, or gives it back when it is reversed.</summary>
    /// <param name="subjectId">The event that changes it; the loan if it is none.</param>
    /// <param name="from">What the ledger shows.</param>
    /// <param name="to">What it must show.</param>
    /// <param name="on">The day on which it counts.</param>
    /// <returns>Null if nothing moves.</returns>
    public static JournalEntry? Used(SubjectId subjectId, Provision from, Provision to, DateOnly on) =>
        new JournalDraft(JournalEntryKind.ProvisionChanged, subjectId, on, to.Used.Currency)
            .Debit(LoanLossAllowance, to.Used - from.Used)
            .Credit(WriteOffExpense, to.Used - from.Used)
            .BalancedOrNone();
}
