using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Customers;
using Paydown.Server.Organisations;

namespace Paydown.Server.Loans;

/// <summary>
/// A loan as the contract shows it, in the order of the contract. Every figure comes from the fold. Dates are the
/// organisation's.
/// </summary>
public sealed record LoanView
{
    /// <summary>Null for a loan that was taken over without an application.</summary>
    public required Guid? LoanApplicationId { get; init; }
    public required Guid CustomerId { get; init; }
    public required string CustomerName { get; init; }
    public required string CustomerEmail { get; init; }
    public required string LoanProductName { get; init; }

    /// <summary>Null for a loan without an application.</summary>
    public required string? LoanApplicationStatus { get; init; }

    /// <summary>Null for an application without a loan.</summary>
    public required LoanStatus? AccountState { get; init; }

    /// <summary>The principal agreed; before that, what was asked for.</summary>
    public required Money LoanAmount { get; init; }

    /// <summary>Percent a year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>All that the schedule asks for: what is paid and what is outstanding.</summary>
    public required Money TotalRepaymentAmount { get; init; }
    public required Money TotalBalance { get; init; }
    public required Money PrincipalBalance { get; init; }
    public required Money InterestBalance { get; init; }
    public required Money FeesBalance { get; init; }
    public required Money PenaltyBalance { get; init; }
    public required Money TotalAmountPaid { get; init; }
    public required Money PrincipalPaid { get; init; }
    public required Money InterestPaid { get; init; }
    public required Money FeesPaid { get; init; }
    public required Money PenaltyPaid { get; init; }
    public required DateOnly? ApplicationDate { get; init; }
    public required DateOnly? DisbursementDate { get; init; }
    public required DateOnly? FirstInstallmentDate { get; init; }
    public required DateOnly? MaturityDate { get; init; }

    /// <summary>Due date of the earliest installment with something outstanding, which may have passed.</summary>
    public required DateOnly? NextPaymentDueDate { get; init; }
    public required int TotalInstallments { get; init; }
    public required int InstallmentsPaid { get; init; }
    public required int InstallmentsRemaining { get; init; }
    public required int LoanDuration { get; init; }

    /// <summary>The unit of <see cref="LoanDuration"/>.</summary>
    public required PeriodUnit DurationCounter { get; init; }
    public required string LoanRepaymentMethod { get; init; }
    public required bool IsThirdPartyPayment { get; init; }

    /// <summary>Where repayments go; null while a third party collects.</summary>
    public required string? RepaymentBankName { get; init; }
    public required string? RepaymentAccountNumber { get; init; }
    public required string? RepaymentAccountName { get; init; }
    public required bool LoanFullyRepaid { get; init; }
    public required string CurrencyCode { get; init; }

    /// <summary>One row an installment; absent in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PaymentHistoryRow>? PaymentHistory { get; init; }

    /// <summary>
    /// The loan account, which reporting a repayment names; null for an application without a loan.
    /// </summary>
    public required Guid? AccountId { get; init; }

    /// <summary>Paid beyond all that is owed; it is owed to the customer.</summary>
    public required Money OverpaidAmount { get; init; }

    /// <summary>
    /// What may still be paid on a loan that was written off: what was lost, less what was recovered since. It is no
    /// part of the balances. 0 for every other loan.
    /// </summary>
    public required Money RecoverableAmount { get; init; }

    /// <summary>Shows a loan on a day.</summary>
    public static LoanView Of(StoredLoan stored, Loan loan, Customer customer, Organisation organisation)
    {
        Money Amount(long minor) => stored.Money(minor);
        var (terms, installments) = (loan.Terms, loan.Installments);
        var collection = stored.Collector is null ? organisation.Collection : null;
        var paidCount = installments.Count(one => one.StatusOn(loan.AsOf) == PaymentStatus.Paid);
        var state = loan.Status;
        var owed = PayableRules.Owed(loan);
        return new LoanView
        {
            LoanApplicationId = stored.ApplicationId,
            CustomerId = customer.Id,
            CustomerName = customer.Name,
            CustomerEmail = customer.Email,
            LoanProductName = stored.ProductName,
            LoanApplicationStatus = stored.ApplicationId is null ? null : ApplicationStatusOf(state),
            AccountState = state,
            LoanAmount = Amount(terms.PrincipalMinor),
            InterestRate = terms.AnnualRatePercent,
            TotalRepaymentAmount = Amount(installments.Sum(installment => installment.Due.Total)),
            TotalBalance = Amount(owed.Total),
            PrincipalBalance = Amount(owed.Principal),
            InterestBalance = Amount(owed.Interest),
            FeesBalance = Amount(owed.Fees),
            PenaltyBalance = Amount(owed.Penalty),
            TotalAmountPaid = Amount(loan.Paid.Total),
            PrincipalPaid = Amount(loan.Paid.Principal),
            InterestPaid = Amount(loan.Paid.Interest),
            FeesPaid = Amount(loan.Paid.Fees),
            PenaltyPaid = Amount(loan.Paid.Penalty),
            ApplicationDate = stored.AppliedOn,
            DisbursementDate = stored.DisbursedOn,
            FirstInstallmentDate = installments.Count > 0 ? installments[0].DueOn : null,
            MaturityDate = installments.Count > 0 ? installments[^1].DueOn : null,
            NextPaymentDueDate = AmountDue.Of(loan).DueOn,
            TotalInstallments = installments.Count,
            InstallmentsPaid = paidCount,
            InstallmentsRemaining = installments.Count - paidCount,
            LoanDuration = terms.NumberOfInstallments * terms.RepayEvery,
            DurationCounter = terms.RepayUnit,
            LoanRepaymentMethod = Words.Write(stored.RepaymentMethod),
            IsThirdPartyPayment = stored.Collector is not null,
            RepaymentBankName = collection?.BankName,
            RepaymentAccountNumber = collection?.AccountNumber,
            RepaymentAccountName = collection?.AccountName,
            LoanFullyRepaid = state is LoanStatus.Closed or LoanStatus.Overpaid,
            CurrencyCode = stored.Currency.Code,
            AccountId = stored.Id,
            OverpaidAmount = Amount(loan.OverpaidMinor),
            RecoverableAmount = Amount(loan.WrittenOffMinor),
        };
    }

    /// <summary>The same with the history of its installments.</summary>
    public LoanView WithHistory(Loan loan) =>
        this with
        {
            PaymentHistory = [.. loan.Installments.Select(installment => PaymentHistoryRow.Of(installment, loan))],
        };

    private static string ApplicationStatusOf(LoanStatus state) =>
        state switch
        {
            LoanStatus.PendingDisbursement => "ACCEPTED",
            LoanStatus.Closed or LoanStatus.Overpaid => "PAID_OFF",
            _ => "DISBURSED",
        };
}

/// <summary>One installment and what has become of it.</summary>
public sealed record PaymentHistoryRow
{
    public required int InstallmentNumber { get; init; }
    public required DateOnly DueDate { get; init; }
    public required Money InstallmentAmount { get; init; }
    public required Money PrincipalAmount { get; init; }
    public required Money InterestAmount { get; init; }
    public required Money FeesAmount { get; init; }
    public required Money PenaltyAmount { get; init; }
    public required Money AmountPaid { get; init; }
    public required Money OutstandingAmount { get; init; }
    public required PaymentStatus PaymentStatus { get; init; }

    /// <summary>The day on which it became fully paid.</summary>
    public required DateOnly? PaymentDate { get; init; }
    public required int DaysOverdue { get; init; }

    /// <summary>
    /// What a write-off took off it: installmentAmount = amountPaid + outstandingAmount + writtenOffAmount.
    /// </summary>
    public required Money WrittenOffAmount { get; init; }

    public static PaymentHistoryRow Of(Installment installment, Loan loan)
    {
        Money Amount(long minor) => new(minor, loan.Terms.Currency);
        // What was written off was asked for, and is no longer outstanding.
        var givenUp = installment.WrittenOff + new ComponentAmounts(0, installment.ForgoneInterestMinor, 0, 0);
        var asked = installment.Due + givenUp;
        return new PaymentHistoryRow
        {
            InstallmentNumber = installment.Number,
            DueDate = installment.DueOn,
            InstallmentAmount = Amount(asked.Total),
            PrincipalAmount = Amount(asked.Principal),
            InterestAmount = Amount(asked.Interest),
            FeesAmount = Amount(asked.Fees),
            PenaltyAmount = Amount(asked.Penalty),
            AmountPaid = Amount(installment.Paid.Total),
            OutstandingAmount = Amount(installment.Outstanding.Total),
            WrittenOffAmount = Amount(givenUp.Total),
            PaymentStatus = installment.StatusOn(loan.AsOf),
            PaymentDate = installment.PaidOn,
            DaysOverdue = installment.DaysOverdueOn(loan.AsOf),
        };
    }
}
