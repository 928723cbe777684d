using Paydown.Lending.Amounts;
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

    /// <summary>
    /// A charge-off or a write-off takes what was set aside for it, or gives it back when it is reversed.
    /// </summary>
    /// <param name="subjectId">The event that changes it.</param>
    /// <param name="from">What the ledger shows.</param>
    /// <param name="to">What it must show.</param>
    /// <param name="on">The day on which it counts.</param>
    /// <returns>Null if nothing moves.</returns>
    public static JournalEntry? Used(SubjectId subjectId, UsedAllowance from, UsedAllowance to, DateOnly on)
    {
        var (before, after) = (from.Total, to.Total);
        var draft = new JournalDraft(JournalEntryKind.ProvisionChanged, subjectId, on, after.Currency).Debit(
            LoanLossAllowance,
            after - before
        );
        foreach (var (account, amount) in from.ByAccount)
            draft.Debit(account, amount);
        foreach (var (account, amount) in to.ByAccount)
            draft.Credit(account, amount);
        return draft.BalancedOrNone();
    }
}

/// <summary>
/// What a loss has taken from the allowance, by the account that has it as less: of a charge-off principal first, then
/// interest, then fees and penalties.
/// </summary>
/// <param name="ByAccount">Each account once.</param>
public sealed record UsedAllowance(IReadOnlyList<(LedgerAccount Account, Money Amount)> ByAccount)
{
    /// <summary>All that it has taken.</summary>
    public Money Total => Money.Sum(ByAccount.Select(one => one.Amount), ByAccount[0].Amount.Currency);

    /// <summary>What the loss of a loan has taken.</summary>
    /// <param name="loan">The loan.</param>
    /// <param name="used">How much.</param>
    /// <param name="lost">Interest that was in suspense when the loan left the books, which is no expense.</param>
    public static UsedAllowance Of(Loan loan, Money used, Money lost)
    {
        if (ChargeOffs.LossOf(loan) is not { Kind: LoanEventKind.ChargeOff } chargeOff)
            return new([(WriteOffExpense, used)]);
        var principal = Math.Min(used.MinorUnits, chargeOff.Components.Principal);
        var interest = Math.Min(used.MinorUnits - principal, chargeOff.Components.Interest - lost.MinorUnits);
        return new([
            (ChargeOffExpense, loan.Money(principal)),
            (ChargeOffInterest, loan.Money(interest)),
            (ChargeOffCharges, used - loan.Money(principal + interest)),
        ]);
    }
}
