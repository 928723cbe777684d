namespace Paydown.Lending.Repayments;

/// <summary>What must be known of a loan account to say whether a repayment can be reported on it.</summary>
public sealed record PayableLoan
{
    /// <summary>Null for a loan that was taken over without an application.</summary>
    public required Guid? ApplicationId { get; init; }

    public required bool IsClosed { get; init; }

    public required bool IsCollectedByThirdParty { get; init; }

    /// <summary>What closes the loan today, less the reports that still await verification. Never negative.</summary>
    public required Money TotalPayable { get; init; }

    public required DateOnly? DisbursedOn { get; init; }

    /// <summary>The loan's own reference, which a transfer should carry.</summary>
    public required string Reference { get; init; }
}

/// <summary>A repayment as a customer reports it: money already sent by bank transfer.</summary>
public sealed record RepaymentReport
{
    public required Guid CallerId { get; init; }

    /// <summary>The user that the path names.</summary>
    public required Guid UserId { get; init; }

    /// <summary>The customer that the body names.</summary>
    public required Guid CustomerId { get; init; }

    public required Guid AccountId { get; init; }

    public required Guid BankAccountId { get; init; }

    /// <summary>In major units, as sent: any number of digits, any sign.</summary>
    public required decimal Amount { get; init; }

    public required string Reference { get; init; }

    /// <summary>The day on which it was paid, in the organisation's time zone.</summary>
    public required DateOnly PaidOn { get; init; }

    public required string? Narration { get; init; }
}

/// <summary>A reported repayment that may be recorded.</summary>
/// <param name="Amount">What was sent.</param>
/// <param name="ReferenceMatches">False: the reference is not the loan's own, so that a person must match it.</param>
public readonly record struct PendingRepayment(Money Amount, bool ReferenceMatches);

/// <summary>Decides what becomes of a repayment that a customer reports.</summary>
public static class RepaymentRules
{
    /// <summary>A transfer may be dated a day ahead: banks do not all live in the lender's time zone.</summary>
    public const int FutureDaysMax = 1;

    /// <summary>Records a report, or says why not.</summary>
    /// <param name="loan">The loan account; null where this customer has none of the reported id.</param>
    /// <param name="report">What the customer says.</param>
    /// <param name="ownsBankAccount">Whether the reported bank account is this customer's.</param>
    /// <param name="today">The date in the organisation's time zone.</param>
    // The order in which a refusal wins is part of the contract.
    public static Result<PendingRepayment> Report(
        PayableLoan? loan, RepaymentReport report, bool ownsBankAccount, DateOnly today)
    {
        if (report.UserId != report.CallerId || report.CustomerId != report.CallerId)
            return Refusals.CustomerMismatch();
        if (loan is null) return Refusals.LoanNotFound();
        if (loan.ApplicationId is null) return Refusals.LoanApplicationMissing();
        if (loan.IsClosed) return Refusals.LoanClosed();
        if (loan.IsCollectedByThirdParty) return Refusals.ManualRepaymentNotAllowed();
        if (!IsPayable(report.Amount, loan.TotalPayable, out var amount))
            return Refusals.InvalidAmount(loan.TotalPayable);
        if (!ownsBankAccount) return Refusals.BankAccountMismatch();
        if (report.PaidOn > today.AddDays(FutureDaysMax) || report.PaidOn < loan.DisbursedOn)
            return Refusals.PaymentDateOutOfRange(loan.DisbursedOn, today);
        return new PendingRepayment(amount, Matches(report.Reference, loan.Reference));
    }

    /// <summary>
    /// Whether a text that came with a payment names the loan's own reference, and no other valid one. What
    /// <see cref="CreditorReference"/> forgives is forgiven; a wrong check digit is not.
    /// </summary>
    public static bool Matches(string reported, string reference) =>
        CreditorReference.TryParse(reference, out var own) && own.IsNamedAloneIn(reported);

    private static bool IsPayable(decimal major, Money totalPayable, out Money amount) =>
        Money.TryFromMajor(major, totalPayable.Currency, out amount) && amount.IsPositive && amount <= totalPayable;
}
