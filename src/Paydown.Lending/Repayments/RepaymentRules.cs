using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;

namespace Paydown.Lending.Repayments;

/// <summary>What must be known of a loan account to say whether a repayment can be reported on it.</summary>
public sealed record PayableLoan
{
    /// <summary>Null for a loan that was taken over without an application.</summary>
    public required LoanApplicationId? ApplicationId { get; init; }

    /// <summary>True if nothing is owed: the loan is closed or overpaid.</summary>
    public required bool IsSettled { get; init; }

    public required bool IsCollectedByThirdParty { get; init; }

    /// <summary>What closes the loan today.</summary>
    public required Money Payoff { get; init; }

    /// <summary>Recorded on this loan and not decided.</summary>
    public required Money Pending { get; init; }

    /// <summary>The largest amount that may be reported. Never negative.</summary>
    public Money TotalPayable => PayableRules.TotalPayable(Payoff, Pending);

    public required DateOnly? DisbursedOn { get; init; }

    /// <summary>The loan's own reference, which a transfer should carry.</summary>
    public required string Reference { get; init; }
}

/// <summary>A repayment as a customer reports it: money already sent by bank transfer.</summary>
public sealed record RepaymentReport
{
    public required CustomerId CallerId { get; init; }

    /// <summary>The user that the path names.</summary>
    public required CustomerId UserId { get; init; }

    /// <summary>The customer that the body names.</summary>
    public required CustomerId CustomerId { get; init; }

    public required LoanId AccountId { get; init; }

    public required BankAccountId BankAccountId { get; init; }

    /// <summary>In major units, as sent: any number of digits, any sign.</summary>
    public required decimal Amount { get; init; }

    public required string Reference { get; init; }

    /// <summary>The day on which it was paid, in the organisation's time zone.</summary>
    public required DateOnly PaidOn { get; init; }

    public required string? Narration { get; init; }
}

/// <summary>
/// A repayment as an officer records it: money that has arrived without a report, for example cash, or what a
/// collector passes on.
/// </summary>
public sealed record OfficerRecord
{
    /// <summary>In major units, as sent: any number of digits, any sign.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day on which it was paid, in the organisation's time zone.</summary>
    public required DateOnly PaidOn { get; init; }

    /// <summary>As written on the transfer or receipt; null: the loan's own.</summary>
    public required string? Reference { get; init; }

    /// <summary>True if a bank account is named that is not one of the customer's.</summary>
    public required bool NamesOtherBankAccount { get; init; }
}

/// <summary>A repayment of an officer that may be recorded.</summary>
/// <param name="Amount">What was paid.</param>
/// <param name="ReferenceMatches">False: the reference is not the loan's own.</param>
/// <param name="BeyondPayable">
/// Of the amount: more than is payable today. Once verified it is an overpayment, unless the loan owes more by then.
/// </param>
public readonly record struct RecordableRepayment(Money Amount, bool ReferenceMatches, Money BeyondPayable);

/// <summary>A reported repayment that may be recorded.</summary>
/// <param name="Amount">What was sent.</param>
/// <param name="ReferenceMatches">False: the reference is not the loan's own, so a person must match it.</param>
public readonly record struct PendingRepayment(Money Amount, bool ReferenceMatches);

/// <summary>Decides what becomes of a repayment that a customer reports or an officer records.</summary>
public static class RepaymentRules
{
    /// <summary>A transfer may be dated a day ahead: banks do not all live in the lender's time zone.</summary>
    public const int FutureDaysMax = 1;

    // The largest repayment that an officer can record; anything larger is a typing error.
    private const long MinorUnitsMax = 1_000_000_000_000_000;

    /// <summary>Records a report, or says why not.</summary>
    /// <param name="loan">The loan account; null if this customer has none of the reported id.</param>
    /// <param name="report">What the customer says.</param>
    /// <param name="ownsBankAccount">Whether the reported bank account is this customer's.</param>
    /// <param name="today">The date in the organisation's time zone.</param>
    // The order of the refusals is part of the contract.
    public static Result<PendingRepayment> Report(
        PayableLoan? loan,
        RepaymentReport report,
        bool ownsBankAccount,
        DateOnly today
    )
    {
        if (report.UserId != report.CallerId || report.CustomerId != report.CallerId)
            return Refusals.CustomerMismatch();
        if (loan is null)
            return Refusals.LoanNotFound();
        if (loan.ApplicationId is null)
            return Refusals.LoanApplicationMissing();
        if (loan.IsSettled)
            return Refusals.LoanClosed();
        if (loan.IsCollectedByThirdParty)
            return Refusals.ManualRepaymentNotAllowed();
        if (!IsPayable(report.Amount, loan.TotalPayable, out var amount))
            return Refusals.InvalidAmount(loan.TotalPayable, loan.Pending);
        if (!ownsBankAccount)
            return Refusals.BankAccountMismatch();
        if (report.PaidOn > today.AddDays(FutureDaysMax) || report.PaidOn < loan.DisbursedOn)
            return Refusals.PaymentDateOutOfRange(loan.DisbursedOn, today, FutureDaysMax);
        return new PendingRepayment(amount, Matches(report.Reference, loan.Reference));
    }

    /// <summary>
    /// Records money that has arrived, or says why not. Unlike a report it may be of any loan that was disbursed: taken
    /// over without an application, collected by a third party, closed, overpaid or written off. It may also be more
    /// than is payable.
    /// </summary>
    /// <param name="loan">Null: the officer's organisation has none of this id.</param>
    /// <param name="record">What the officer says.</param>
    /// <param name="today">The date in the organisation's time zone.</param>
    // The order of the refusals is tested.
    public static Result<RecordableRepayment> Record(PayableLoan? loan, OfficerRecord record, DateOnly today)
    {
        if (loan is null)
            return Refusals.NotFound("loan account");
        if (loan.DisbursedOn is not { } disbursedOn)
            return Refusals.LoanNotDisbursed();
        var errors = new List<FieldError>();
        if (CheckAmount("repaymentAmount", record.Amount, loan.Payoff.Currency, out var amount) is { } wrongAmount)
            errors.Add(wrongAmount);
        if (CheckPaidOn(record.PaidOn, disbursedOn, today) is { } wrongDate)
            errors.Add(wrongDate);
        if (errors.Count > 0)
            return Refusals.ValidationFailed(errors);
        if (record.NamesOtherBankAccount)
            return Refusals.PayerAccountMismatch();
        return new RecordableRepayment(
            amount,
            record.Reference is null || Matches(record.Reference, loan.Reference),
            amount > loan.TotalPayable ? amount - loan.TotalPayable : Money.Zero(amount.Currency)
        );
    }

    /// <summary>What is wrong with an amount that an officer names; null: nothing.</summary>
    internal static FieldError? CheckAmount(string field, decimal major, Currency currency, out Money amount)
    {
        var most = new Money(MinorUnitsMax, currency);
        return Money.TryFromMajor(major, currency, out amount) && amount.IsPositive && amount <= most
            ? null
            : new FieldError(
                field,
                $"must be more than 0 and at most {most}, with at most {currency.FractionDigits} fraction digits."
            );
    }

    /// <summary>What is wrong with a payment date that an officer names; null: nothing.</summary>
    internal static FieldError? CheckPaidOn(DateOnly paidOn, DateOnly? disbursedOn, DateOnly today) =>
        paidOn < disbursedOn || paidOn > today
            ? Refusals.PaymentDateOutOfRange(disbursedOn, today, futureDays: 0).Errors[0]
            : null;

    /// <summary>
    /// Whether a text that came with a payment names the loan's own reference, and no other valid one. What
    /// <see cref="CreditorReference"/> forgives is forgiven; a wrong check digit is not.
    /// </summary>
    public static bool Matches(string reported, string reference) =>
        CreditorReference.TryParse(reference, out var own) && own.IsNamedAloneIn(reported);

    private static bool IsPayable(decimal major, Money totalPayable, out Money amount) =>
        Money.TryFromMajor(major, totalPayable.Currency, out amount) && amount.IsPositive && amount <= totalPayable;
}
