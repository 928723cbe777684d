using Paydown.Lending.Loans;

namespace Paydown.Server.Commands;

/// <summary>
/// Income that a scenario's end-of-day runs have booked: what an installment asks for beyond principal, on its due
/// date; and when the loan closes, all that is left. Booked once, and never taken back by an undo.
/// </summary>
internal sealed class Accruals
{
    private readonly Dictionary<int, Parts> accrued = [];
    private readonly List<TransactionRow> rows = [];

    public IReadOnlyList<TransactionRow> Rows => rows;

    /// <summary>Books the income of every installment that is due.</summary>
    public void AccrueDue(Loan loan, DateOnly today, int recorded)
    {
        foreach (var installment in loan.Installments)
            if (installment.DueOn <= today) Book(installment.DueOn, Rest(installment), recorded);
    }

    /// <summary>Books all the income of the loan that is left.</summary>
    public void AccrueRest(Loan loan, DateOnly on, int recorded)
    {
        var sum = default(Parts);
        foreach (var installment in loan.Installments) sum += Rest(installment);
        Book(on, sum, recorded);
    }

    private Parts Rest(Installment installment)
    {
        var income = installment.Due with { Principal = 0 };
        var rest = income - accrued.GetValueOrDefault(installment.Number);
        accrued[installment.Number] = income;
        return rest;
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
