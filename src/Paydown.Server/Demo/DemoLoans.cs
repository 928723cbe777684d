using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Demo;

/// <summary>The outcome of a repayment of the demo lender.</summary>
internal enum DemoOutcome
{
    Pending,
    Verified,
    Rejected,
    Reversed,
}

/// <summary>
/// A repayment of the demo lender, in major units. Like ids, numbers grow with time, because lists are ordered by them.
/// </summary>
internal sealed record DemoRepayment(
    int Number,
    decimal Amount,
    DateOnly PaidOn,
    DemoOutcome Outcome,
    string? Reason = null
);

/// <summary>A loan of the demo lender with its history.</summary>
internal sealed record DemoLoan(StoredLoan Stored, DateOnly DisbursedOn, IReadOnlyList<DemoRepayment> Repayments)
{
    /// <summary>A penalty in major units, charged after the repayments.</summary>
    public decimal Penalty { get; init; }
}

/// <summary>
/// The loans of the demo lender. The first customer has one up to date, one in arrears, one closed, one collected by a
/// third party and one taken over without an application; the other customer has one. Dates count back from today;
/// everything else is always the same.
/// </summary>
internal static class DemoLoans
{
    private static readonly Currency Naira = Currency.Get("NGN");

    public static IReadOnlyList<DemoLoan> Of(DateOnly today)
    {
        // The last due date was ten days ago, so "up to date" and "in arrears" are true on any day of loading.
        var start = today.AddDays(-10);
        DateOnly MonthsAgo(int months) => start.AddMonths(-months);
        return
        [
            UpToDate(MonthsAgo),
            InArrears(MonthsAgo),
            Closed(MonthsAgo),
            ThirdParty(MonthsAgo),
            TakenOver(MonthsAgo),
            Others(MonthsAgo),
        ];
    }

    private static DemoLoan UpToDate(Func<int, DateOnly> monthsAgo) =>
        new(
            Stored(101, DemoPeople.Customer, "Salary Loan", Level(500_000, 24, 12, monthsAgo(3))),
            monthsAgo(3),
            [
                new(221, 47_279.80m, monthsAgo(2), DemoOutcome.Verified),
                new(222, 47_279.80m, monthsAgo(1), DemoOutcome.Verified),
                new(
                    223,
                    20_000,
                    monthsAgo(1).AddDays(5),
                    DemoOutcome.Rejected,
                    "No transfer of this amount has arrived."
                ),
                new(224, 5_000, monthsAgo(1).AddDays(7), DemoOutcome.Reversed, "The bank took the transfer back."),
                new(225, 47_279.80m, monthsAgo(0), DemoOutcome.Verified),
                new(226, 10_000, monthsAgo(0).AddDays(9), DemoOutcome.Pending),
            ]
        );

    private static DemoLoan InArrears(Func<int, DateOnly> monthsAgo) =>
        new(
            Stored(102, DemoPeople.Customer, "Business Loan", Level(2_400_000, 30, 12, monthsAgo(5))),
            monthsAgo(5),
            [
                new(211, 233_968.91m, monthsAgo(4), DemoOutcome.Verified),
                new(212, 100_000, monthsAgo(2), DemoOutcome.Verified),
            ]
        )
        {
            Penalty = 7_500,
        };

    private static DemoLoan Closed(Func<int, DateOnly> monthsAgo) =>
        new(
            Stored(103, DemoPeople.Customer, "Salary Loan", Level(60_000, 0, 3, monthsAgo(7))),
            monthsAgo(7),
            [
                new(201, 20_000, monthsAgo(6), DemoOutcome.Verified),
                new(202, 20_000, monthsAgo(5), DemoOutcome.Verified),
                new(203, 20_000, monthsAgo(4), DemoOutcome.Verified),
            ]
        );

    private static DemoLoan ThirdParty(Func<int, DateOnly> monthsAgo) =>
        new(
            Stored(104, DemoPeople.Customer, "Device Loan", Level(200_000, 36, 6, monthsAgo(0))) with
            {
                Collector = "Example Collections Ltd",
            },
            monthsAgo(0),
            []
        );

    private static DemoLoan TakenOver(Func<int, DateOnly> monthsAgo) =>
        new(
            Stored(105, DemoPeople.Customer, "Legacy Loan", Level(150_000, 18, 12, monthsAgo(0))) with
            {
                ApplicationId = null,
                AppliedOn = null,
            },
            monthsAgo(0),
            []
        );

    private static DemoLoan Others(Func<int, DateOnly> monthsAgo) =>
        new(
            Stored(106, DemoPeople.Other, "Salary Loan", Level(250_000, 24, 12, monthsAgo(2))),
            monthsAgo(2),
            [
                new(231, 23_639.90m, monthsAgo(1), DemoOutcome.Verified),
                new(232, 1_000, monthsAgo(0).AddDays(2), DemoOutcome.Pending),
            ]
        );

    private static StoredLoan Stored(int number, User customer, string product, LoanTerms terms) =>
        new()
        {
            CustomerId = customer.Id.AsCustomer,
            Id = DemoPeople.Id<LoanId>(number),
            OrganisationId = DemoPeople.OrganisationId,
            ApplicationId = DemoPeople.Id<LoanApplicationId>(number + 200),
            ProductName = product,
            AccountProductName = "Consumer Loans",
            RepaymentMethod = PaymentMethod.BankTransfer,
            Reference = CreditorReference.FromBody($"DEMO{number:000000}").Value,
            Terms = terms,
            Collector = null,
            AppliedOn = terms.SubmittedOn,
            DisbursedOn = null,
            State = LoanStatus.PendingDisbursement,
            Balance = default,
            Payoff = Money.Zero(Naira),
            Overpaid = Money.Zero(Naira),
            Pending = Money.Zero(Naira),
            BalanceOn = null,
            NextDueOn = null,
            InstallmentCount = 0,
            Events = [],
        };

    private static LoanTerms Level(long principal, decimal ratePercent, int installments, DateOnly disbursedOn) =>
        new()
        {
            Principal = Money.FromMajor(principal, Naira),
            AnnualRatePercent = ratePercent,
            NumberOfInstallments = installments,
            SubmittedOn = disbursedOn.AddDays(-2),
            Allocation = new AllocationPolicy
            {
                Strategy = AllocationStrategy.OldestFirst,
                Order = [Component.Penalty, Component.Fee, Component.Interest, Component.Principal],
            },
        };
}
