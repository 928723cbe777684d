using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Loans;

/// <summary>
/// What a customer has borrowed, repaid and still owes over all loans, in the organisation's currency. Loans in another
/// currency are not counted, because there is no exchange rate.
/// </summary>
public sealed record LoanTotalsView
{
    /// <summary>The agreed principal of all loans.</summary>
    public required Money TotalBorrowed { get; init; }

    /// <summary>The principal paid out so far.</summary>
    public required Money TotalDisbursed { get; init; }

    /// <summary>Everything still owed: principal, interest, fees and penalties.</summary>
    public required Money TotalOutstanding { get; init; }

    /// <summary>Everything paid so far: principal, interest, fees and penalties.</summary>
    public required Money TotalRepaid { get; init; }

    /// <summary>The number of loans that are being repaid.</summary>
    public required int ActiveLoans { get; init; }

    /// <summary>
    /// The earliest due date with something outstanding. It may have passed; null if nothing is outstanding.
    /// </summary>
    public required DateOnly? NextDueDate { get; init; }

    /// <summary>The amount outstanding on the installments of nextDueDate; 0 if there is none.</summary>
    public required Money NextDueAmount { get; init; }

    /// <summary>The organisation's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    public static LoanTotalsView Of(IReadOnlyList<Loan> loans, Currency currency)
    {
        Money Sum(Func<Loan, Money> amount) => Money.Sum(loans.Select(amount), currency);
        var active = loans.Where(loan => loan.Status is LoanStatus.Active or LoanStatus.InArrears).ToList();
        var nextDueOn = active.Min(loan => AmountDue.Of(loan).DueOn);
        return new LoanTotalsView
        {
            TotalBorrowed = Sum(loan => loan.Terms.Principal),
            TotalDisbursed = Sum(loan => loan.Disbursed),
            TotalOutstanding = Sum(loan => loan.Money(PayableRules.Owed(loan).Total)),
            TotalRepaid = Sum(loan => loan.Money(loan.Paid.Total)),
            ActiveLoans = active.Count,
            NextDueDate = nextDueOn,
            NextDueAmount = Money.Sum(active.Select(loan => OutstandingOn(loan, nextDueOn)), currency),
            CurrencyCode = currency.Code,
        };
    }

    private static Money OutstandingOn(Loan loan, DateOnly? dueOn) =>
        loan.Money(
            loan.Installments.Where(installment => installment.DueOn == dueOn)
                .Sum(installment => installment.Outstanding.Total)
        );
}

/// <summary>Adds up a customer's loans.</summary>
public sealed class GetLoanTotals(CustomerLoansReading reading) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Add up what a customer borrowed, repaid and owes")
            .Returns<LoanTotalsView>()
            .Refuses(Refusals.NotYourOwn(), Refusals.NotFound("customer"));

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var read = await reading.ReadAsync(call, call.Path(LoanRoutes.CustomerId));
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
