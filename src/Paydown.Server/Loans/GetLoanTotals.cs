using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// What a customer has borrowed, paid and owes over all loans, in the organisation's currency. A loan of another
/// currency is not counted: there is no rate to count it at.
/// </summary>
public sealed record LoanTotalsView
{
    /// <summary>Principal agreed.</summary>
    public required Money TotalBorrowed { get; init; }

    /// <summary>Principal given out.</summary>
    public required Money TotalDisbursed { get; init; }
    public required Money TotalOutstanding { get; init; }
    public required Money TotalRepaid { get; init; }
    public required int ActiveLoans { get; init; }

    /// <summary>The earliest due date with something outstanding, which may have passed.</summary>
    public required DateOnly? NextDueDate { get; init; }

    /// <summary>Outstanding on the installments of that date.</summary>
    public required Money NextDueAmount { get; init; }
    public required string CurrencyCode { get; init; }

    public static LoanTotalsView Of(IReadOnlyList<Loan> loans, Currency currency)
    {
        Money Sum(Func<Loan, long> minor) => new(loans.Sum(minor), currency);
        var active = loans.Where(loan => loan.Status is LoanStatus.Active or LoanStatus.InArrears).ToList();
        var nextDueOn = active.Min(loan => AmountDue.Of(loan).DueOn);
        return new LoanTotalsView
        {
            TotalBorrowed = Sum(loan => loan.Terms.PrincipalMinor),
            TotalDisbursed = Sum(loan => loan.DisbursedMinor),
            TotalOutstanding = Sum(loan => PayableRules.Owed(loan).Total),
            TotalRepaid = Sum(loan => loan.Paid.Total),
            ActiveLoans = active.Count,
            NextDueDate = nextDueOn,
            NextDueAmount = new(active.Sum(loan => OutstandingOn(loan, nextDueOn)), currency),
            CurrencyCode = currency.Code,
        };
    }

    private static long OutstandingOn(Loan loan, DateOnly? dueOn) =>
        loan
            .Installments.Where(installment => installment.DueOn == dueOn)
            .Sum(installment => installment.Outstanding.Total);
}

/// <summary>Adds up a customer's loans.</summary>
public sealed class GetLoanTotals(CustomerLoansReading reading)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var read = await reading.ReadAsync(call, call.PathId("customerId"));
        if (read.IsRefused)
            return Answer.Refused(read.Refusal);
        var (_, organisation, today, stored) = read.Value;
        var loans = stored
            .Where(stored => stored.Currency == organisation.Currency)
            .Select(stored => stored.Replay(today))
            .ToList();
        return Answer.Success(LoanTotalsView.Of(loans, organisation.Currency));
    }
}
