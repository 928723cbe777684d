using Paydown.Lending.Amounts;
using Paydown.Lending.Loans;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;

namespace Paydown.Server.Loans;

/// <summary>Examples for the API's documentation: one loan of twelve months whose first installment is paid.</summary>
internal static class LoanExamples
{
    private static readonly Currency Naira = Currency.Get("NGN");

    public static LoanView Listed { get; } =
        new()
        {
            LoanApplicationId = Guid.Parse("01957ad2-7c00-7000-8000-00000000a001"),
            CustomerId = Guid.Parse("01957ad2-7c00-7000-8000-00000000c001"),
            CustomerName = "Ada Example",
            CustomerEmail = "customer@demo.example",
            LoanProductName = "Salary Loan",
            LoanApplicationStatus = "DISBURSED",
            AccountState = LoanStatus.Active,
            LoanAmount = Amount(600_000),
            InterestRate = 24,
            TotalRepaymentAmount = Amount(680_814.96m),
            TotalBalance = Amount(624_080.38m),
            PrincipalBalance = Amount(555_265.42m),
            InterestBalance = Amount(68_814.96m),
            FeesBalance = Amount(0),
            PenaltyBalance = Amount(0),
            TotalAmountPaid = Amount(56_734.58m),
            PrincipalPaid = Amount(44_734.58m),
            InterestPaid = Amount(12_000),
            FeesPaid = Amount(0),
            PenaltyPaid = Amount(0),
            ApplicationDate = new DateOnly(2026, 1, 12),
            DisbursementDate = new DateOnly(2026, 1, 15),
            FirstInstallmentDate = new DateOnly(2026, 2, 15),
            MaturityDate = new DateOnly(2027, 1, 15),
            NextPaymentDueDate = new DateOnly(2026, 3, 15),
            TotalInstallments = 12,
            InstallmentsPaid = 1,
            InstallmentsRemaining = 11,
            LoanDuration = 12,
            DurationCounter = PeriodUnit.Months,
            LoanRepaymentMethod = "BANK_TRANSFER",
            IsThirdPartyPayment = false,
            RepaymentBankName = "Example Bank",
            RepaymentAccountNumber = "0000014579",
            RepaymentAccountName = "Demo Lender Collections",
            LoanFullyRepaid = false,
            CurrencyCode = "NGN",
            AccountId = Guid.Parse("01957ad2-7c00-7000-8000-00000000b001"),
            OverpaidAmount = Amount(0),
            RecoverableAmount = Amount(0),
        };

    public static LoanView Detailed { get; } =
        Listed with
        {
            PaymentHistory =
            [
                new PaymentHistoryRow
                {
                    InstallmentNumber = 1,
                    DueDate = new DateOnly(2026, 2, 15),
                    InstallmentAmount = Amount(56_734.58m),
                    PrincipalAmount = Amount(44_734.58m),
                    InterestAmount = Amount(12_000),
                    FeesAmount = Amount(0),
                    PenaltyAmount = Amount(0),
                    AmountPaid = Amount(56_734.58m),
                    OutstandingAmount = Amount(0),
                    WrittenOffAmount = Amount(0),
                    PaymentStatus = PaymentStatus.Paid,
                    PaymentDate = new DateOnly(2026, 2, 13),
                    DaysOverdue = 0,
                },
            ],
        };

    public static LoanTotalsView Totals { get; } =
        new()
        {
            TotalBorrowed = Amount(600_000),
            TotalDisbursed = Amount(600_000),
            TotalOutstanding = Amount(624_080.38m),
            TotalRepaid = Amount(56_734.58m),
            ActiveLoans = 1,
            NextDueDate = new DateOnly(2026, 3, 15),
            NextDueAmount = Amount(56_734.58m),
            CurrencyCode = "NGN",
        };

    private static Money Amount(decimal major) => Money.FromMajor(major, Naira);
}
