using System.Text.Json.Serialization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Installments;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Lending.Repayments;
using Paydown.Lending.Terms;
using Paydown.Server.Customers;
using Paydown.Server.Organisations;

namespace Paydown.Server.Loans;

/// <summary>
/// A loan with the fields of the contract, in their order. Every figure comes from the fold. Dates are in the
/// organisation's time zone.
/// </summary>
public sealed record LoanView
{
    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required LoanApplicationId? LoanApplicationId { get; init; }

    /// <summary>The customer who owes the loan.</summary>
    public required CustomerId CustomerId { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string CustomerEmail { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The application's status; null for a loan without an application.</summary>
    public required string? LoanApplicationStatus { get; init; }

    /// <summary>The loan account's state; null for an application without a loan.</summary>
    public required LoanStatus? AccountState { get; init; }

    /// <summary>The agreed principal. For an application without an offer, the amount that was requested.</summary>
    public required Money LoanAmount { get; init; }

    /// <summary>The interest rate in percent per year.</summary>
    public required decimal InterestRate { get; init; }

    /// <summary>The total of the schedule: paid and outstanding amounts together.</summary>
    public required Money TotalRepaymentAmount { get; init; }

    /// <summary>Everything outstanding: principal, interest, fees and penalties.</summary>
    public required Money TotalBalance { get; init; }

    /// <summary>The outstanding principal.</summary>
    public required Money PrincipalBalance { get; init; }

    /// <summary>The outstanding interest.</summary>
    public required Money InterestBalance { get; init; }

    /// <summary>The outstanding fees.</summary>
    public required Money FeesBalance { get; init; }

    /// <summary>The outstanding penalties.</summary>
    public required Money PenaltyBalance { get; init; }

    /// <summary>Everything paid: principal, interest, fees and penalties.</summary>
    public required Money TotalAmountPaid { get; init; }

    /// <summary>The principal that was paid.</summary>
    public required Money PrincipalPaid { get; init; }

    /// <summary>The interest that was paid.</summary>
    public required Money InterestPaid { get; init; }

    /// <summary>The fees that were paid.</summary>
    public required Money FeesPaid { get; init; }

    /// <summary>The penalties that were paid.</summary>
    public required Money PenaltyPaid { get; init; }

    /// <summary>The day of the application; null if there was none.</summary>
    public required DateOnly? ApplicationDate { get; init; }

    /// <summary>The day of the first disbursement; null if there was none yet.</summary>
    public required DateOnly? DisbursementDate { get; init; }

    /// <summary>The due date of the first installment; null without a schedule.</summary>
    public required DateOnly? FirstInstallmentDate { get; init; }

    /// <summary>The due date of the last installment; null without a schedule.</summary>
    public required DateOnly? MaturityDate { get; init; }

    /// <summary>
    /// The due date of the earliest installment with something outstanding. It may have passed; null if nothing is
    /// outstanding.
    /// </summary>
    public required DateOnly? NextPaymentDueDate { get; init; }

    /// <summary>The number of installments.</summary>
    public required int TotalInstallments { get; init; }

    /// <summary>The number of installments that are fully paid.</summary>
    public required int InstallmentsPaid { get; init; }

    /// <summary>The number of installments that are not fully paid.</summary>
    public required int InstallmentsRemaining { get; init; }

    /// <summary>The loan's duration, in units of durationCounter.</summary>
    public required int LoanDuration { get; init; }

    /// <summary>The unit of loanDuration.</summary>
    public required PeriodUnit DurationCounter { get; init; }

    /// <summary>
    /// How the loan is repaid: <c>BANK_TRANSFER</c>, <c>DIRECT_DEBIT</c>, <c>WALLET</c>, <c>CARD</c> or <c>CASH</c>.
    /// </summary>
    public required string LoanRepaymentMethod { get; init; }

    /// <summary>True while a third party collects the loan.</summary>
    public required bool IsThirdPartyPayment { get; init; }

    /// <summary>The bank of the account that receives repayments; null while a third party collects.</summary>
    public required string? RepaymentBankName { get; init; }

    /// <summary>The number of the account that receives repayments; null while a third party collects.</summary>
    public required string? RepaymentAccountNumber { get; init; }

    /// <summary>The holder of the account that receives repayments; null while a third party collects.</summary>
    public required string? RepaymentAccountName { get; init; }

    /// <summary>True if the account is <c>CLOSED</c> or <c>OVERPAID</c>.</summary>
    public required bool LoanFullyRepaid { get; init; }

    /// <summary>The loan's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>One row per installment; absent in lists.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PaymentHistoryRow>? PaymentHistory { get; init; }

    /// <summary>The loan account, which reports of repayments name; null for an application without a loan.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>The amount paid beyond everything owed. It belongs to the customer.</summary>
    public required Money OverpaidAmount { get; init; }

    /// <summary>
    /// What may still be paid on a written-off loan: the loss less what was recovered since. It is not part of the
    /// balances; 0 for every other loan.
    /// </summary>
    public required Money RecoverableAmount { get; init; }

    /// <summary>The day on which the lender counted the loan as lost, though it is owed; null if it did not.</summary>
    public required DateOnly? ChargedOffOn { get; init; }

    /// <summary>The loan as of the day of its state.</summary>
    public static LoanView Of(StoredLoan stored, Loan loan, Customer customer, Organisation organisation)
    {
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
            LoanAmount = terms.Principal,
            InterestRate = terms.AnnualRatePercent,
            TotalRepaymentAmount = stored.Money(installments.Sum(installment => installment.Due.Total)),
            TotalBalance = stored.Money(owed.Total),
            PrincipalBalance = stored.Money(owed.Principal),
            InterestBalance = stored.Money(owed.Interest),
            FeesBalance = stored.Money(owed.Fees),
            PenaltyBalance = stored.Money(owed.Penalty),
            TotalAmountPaid = stored.Money(loan.Paid.Total),
            PrincipalPaid = stored.Money(loan.Paid.Principal),
            InterestPaid = stored.Money(loan.Paid.Interest),
            FeesPaid = stored.Money(loan.Paid.Fees),
            PenaltyPaid = stored.Money(loan.Paid.Penalty),
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
            OverpaidAmount = loan.Overpaid,
            RecoverableAmount = loan.TotalWrittenOff,
            ChargedOffOn = loan.ChargedOffOn,
        };
    }

    /// <summary>The same loan with its payment history.</summary>
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

/// <summary>An installment and its payments.</summary>
public sealed record PaymentHistoryRow
{
    /// <summary>The installment's place in the schedule, counted from 1.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>The day on which the installment falls due, or fell due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The amount of the installment.</summary>
    public required Money InstallmentAmount { get; init; }

    /// <summary>The principal in the installment.</summary>
    public required Money PrincipalAmount { get; init; }

    /// <summary>The interest in the installment.</summary>
    public required Money InterestAmount { get; init; }

    /// <summary>The fees in the installment.</summary>
    public required Money FeesAmount { get; init; }

    /// <summary>The penalty in the installment.</summary>
    public required Money PenaltyAmount { get; init; }

    /// <summary>What was paid of it.</summary>
    public required Money AmountPaid { get; init; }

    /// <summary>What is still to be paid of it.</summary>
    public required Money OutstandingAmount { get; init; }

    /// <summary><c>PENDING</c>, <c>PARTIALLY_PAID</c>, <c>PAID</c> or <c>OVERDUE</c>.</summary>
    public required PaymentStatus PaymentStatus { get; init; }

    /// <summary>The day on which it became fully paid; null if it is not.</summary>
    public required DateOnly? PaymentDate { get; init; }

    /// <summary>Days since the due date of an unpaid installment; 0 if it is not overdue.</summary>
    public required int DaysOverdue { get; init; }

    /// <summary>What was written off: installmentAmount = amountPaid + outstandingAmount + writtenOffAmount.</summary>
    public required Money WrittenOffAmount { get; init; }

    public static PaymentHistoryRow Of(Installment installment, Loan loan)
    {
        // Written-off amounts were part of the installment but are not outstanding.
        var writtenOff = installment.WrittenOff + new ComponentAmounts(0, installment.ForgoneInterest.MinorUnits, 0, 0);
        var scheduled = installment.Due + writtenOff;
        return new PaymentHistoryRow
        {
            InstallmentNumber = installment.Number,
            DueDate = installment.DueOn,
            InstallmentAmount = loan.Money(scheduled.Total),
            PrincipalAmount = loan.Money(scheduled.Principal),
            InterestAmount = loan.Money(scheduled.Interest),
            FeesAmount = loan.Money(scheduled.Fees),
            PenaltyAmount = loan.Money(scheduled.Penalty),
            AmountPaid = loan.Money(installment.Paid.Total),
            OutstandingAmount = loan.Money(installment.Outstanding.Total),
            WrittenOffAmount = loan.Money(writtenOff.Total),
            PaymentStatus = installment.StatusOn(loan.AsOf),
            PaymentDate = installment.PaidOn,
            DaysOverdue = installment.DaysOverdueOn(loan.AsOf),
        };
    }
}
