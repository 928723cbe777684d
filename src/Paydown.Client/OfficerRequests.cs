namespace Paydown.Client;

/// <summary>Money that has arrived and that nobody reported.</summary>
public sealed record NewRepayment
{
    /// <summary>The loan account, in any state after its disbursement.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>In major units: more than 0; it may be more than is payable.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>How it was paid; not from the wallet.</summary>
    public required RepaymentMethod PaymentMethod { get; init; }

    /// <summary>The day on which it was paid, not in the future; null: today.</summary>
    public DateOnly? PaymentDate { get; init; }

    /// <summary>As written on the transfer or receipt; null: the loan's own reference.</summary>
    public string? RepaymentReference { get; init; }

    /// <summary>A note.</summary>
    public string? PaymentNarration { get; init; }

    /// <summary>The customer's bank account that it came from, if it is known.</summary>
    public Guid? BankAccountId { get; init; }
}

/// <summary>What an officer who verifies a repayment says in place of what was reported.</summary>
public sealed record RepaymentCorrection
{
    /// <summary>What has arrived, in major units; it may be more than is payable. Null: as reported.</summary>
    public decimal? Amount { get; init; }

    /// <summary>The day on which it was paid, from disbursement to today; null: as reported.</summary>
    public DateOnly? PaymentDate { get; init; }

    /// <summary>
    /// Why; the customer is shown it. Null only if another officer has approved the same correction as the first of
    /// two.
    /// </summary>
    public string? Reason { get; init; }
}

/// <summary>A fee or a penalty to be charged.</summary>
public sealed record NewCharge
{
    /// <summary>What it is.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>In major units: more than 0, at most what was disbursed.</summary>
    public required decimal Amount { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public string? Reason { get; init; }
}

/// <summary>A debt to be forgiven.</summary>
public sealed record NewWaiver
{
    /// <summary>What it is.</summary>
    public required WaivedDebt Debt { get; init; }

    /// <summary>Which charge; needed for one.</summary>
    public Guid? ChargeId { get; init; }

    /// <summary>In major units, at most what is unpaid of it; null: all of that.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public required string Reason { get; init; }
}

/// <summary>An overpayment to be refunded.</summary>
public sealed record OverpaymentRefund
{
    /// <summary>In major units, at most what is overpaid; null: all of that.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Why, for the audit trail.</summary>
    public string? Reason { get; init; }
}

/// <summary>Which repayments of the organisation are wanted; by default all.</summary>
public sealed record OfficerRepaymentFilter
{
    /// <summary>Only those of the loan of this application.</summary>
    public Guid? LoanApplicationId { get; init; }

    /// <summary>Only those with this status; rejected includes reversed.</summary>
    public VerificationStatus? Status { get; init; }

    /// <summary>Recorded on this day or later, in the time zone of the organisation.</summary>
    public DateOnly? StartDate { get; init; }

    /// <summary>Recorded on this day or earlier.</summary>
    public DateOnly? EndDate { get; init; }

    /// <summary>Only those of this customer.</summary>
    public Guid? CustomerId { get; init; }

    /// <summary>Only those of this loan account.</summary>
    public Guid? AccountId { get; init; }

    /// <summary>Only with this reference, whatever its case, spaces and signs.</summary>
    public string? Reference { get; init; }

    /// <summary>Only of this amount, in major units, as it was reported.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Only those whose report names a bank account with this number.</summary>
    public string? BankAccountNumber { get; init; }

    /// <summary>A part of the customer's name, e-mail or phone number.</summary>
    public string? Search { get; init; }

    /// <summary>Oldest first, by the time of recording; otherwise newest first.</summary>
    public bool OldestFirst { get; init; }
}

/// <summary>The wire form of a reason.</summary>
internal sealed record ReasonGiven(string? Reason);

/// <summary>The wire form of who collects.</summary>
internal sealed record CollectionWanted(bool Enabled, string? Collector);
