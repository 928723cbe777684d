using Paydown.Lending.Loans;

namespace Paydown.Server.Commands;

/// <summary>
/// Income that a scenario's end-of-day runs have booked: what an installment asks for beyond principal, on its due
/// date; and when the loan closes, all that is left. Booked once, and never taken back by an undo.
/// </summary>
internal sealed class Accruals
{
    private readonly Dictionary<int, Parts> accrued = [];
    private readonly HashSet<Guid> accruedCharges = [];
    private readonly List<TransactionRow> rows = [];

    public IReadOnlyList<TransactionRow> Rows => rows;

    /// <summary>Books the income of every installment that fell due before today, and of charges that did.</summary>
    public void AccrueDue(Loan loan, IReadOnlyList<LoanEvent> events, DateOnly today)
    {
        foreach (var charge in events)
            if (charge.Kind == LoanEventKind.Charge && charge.DueOn < today) AccrueCharge(loan, charge, events.Count);
        foreach (var installment in loan.Installments)
            if (installment.DueOn < today) Book(installment.DueOn, Rest(installment), events.Count);
    }

    /// <summary>Whether the income of a charge was booked on its own.</summary>
    public bool HasBooked(Guid chargeId) => accruedCharges.Contains(chargeId);

    /// <summary>Books all the income of the loan that is left.</summary>
    public void AccrueRest(Loan loan, DateOnly on, int recorded)
    {
        var sum = default(Parts);
        foreach (var installment in loan.Installments) sum += Rest(installment);
        Book(on, sum, recorded);
    }

    private void AccrueCharge(Loan loan, LoanEvent charge, int recorded)
    {
        var standing = loan.Transactions.Any(applied => applied.EventId == charge.Id && !applied.IsReversed);
        var installment = loan.Installments.FirstOrDefault(row => !row.IsDownPayment && charge.DueOn <= row.DueOn);
        if (!standing || installment is null || !accruedCharges.Add(charge.Id)) return;
        var income = charge.ChargeKind == ChargeKind.Penalty
            ? new Parts(0, 0, 0, charge.AmountMinor)
            : new Parts(0, 0, charge.AmountMinor, 0);
        var booked = accrued.GetValueOrDefault(installment.Number) + income;
        var asked = installment.Due + installment.Waived;
        if (booked.Fees > asked.Fees || booked.Penalty > asked.Penalty) return;
        accrued[installment.Number] = booked;
        Book(charge.DueOn!.Value, income, recorded);
    }

    private Parts Rest(Installment installment)
    {
        var income = installment.Due with { Principal = 0 };
        var booked = accrued.GetValueOrDefault(installment.Number) - installment.Waived;
        accrued[installment.Number] = income + installment.Waived;
        return income - booked;
    }

    private void Book(DateOnly on, Parts income, int recorded)
    {
        if (income.Total <= 0) return;
        rows.Add(new TransactionRow
        {
            On = on, Sequence = 2 * recorded + 1, Type = "Accrual", AmountMinor = income.Total, Parts = income,
        });
    }
}
