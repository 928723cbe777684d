namespace Paydown.Client;

/// <summary>A fee or a penalty of a loan.</summary>
public sealed record ListedCharge
{
    /// <summary>Id of the charge, as a waiver names it.</summary>
    public required Guid Id { get; init; }

    /// <summary>What was charged.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>How much was charged.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day from which it is owed.</summary>
    public required DateOnly ChargedOn { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The installment that it is part of.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>What is paid of it.</summary>
    public required decimal PaidAmount { get; init; }

    /// <summary>What is waived of it.</summary>
    public required decimal WaivedAmount { get; init; }

    /// <summary>What can still be waived of it.</summary>
    public required decimal Unpaid { get; init; }

    /// <summary>Why it was charged; null if nobody said.</summary>
    public required string? Reason { get; init; }

    /// <summary>The officer; null for a penalty that the terms of the loan made.</summary>
    public required Guid? ChargedBy { get; init; }
}

/// <summary>A fee or a penalty of a loan, as its customer sees it.</summary>
public sealed record LoanChargeView
{
    /// <summary>Id of the charge.</summary>
    public required Guid Id { get; init; }

    /// <summary>What was charged.</summary>
    public required ChargeKind Kind { get; init; }

    /// <summary>How much was charged.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day from which it is owed.</summary>
    public required DateOnly ChargedOn { get; init; }

    /// <summary>When it falls due.</summary>
    public required DateOnly DueDate { get; init; }

    /// <summary>The installment that it is part of.</summary>
    public required int InstallmentNumber { get; init; }

    /// <summary>What is paid of it.</summary>
    public required decimal PaidAmount { get; init; }

    /// <summary>What is waived of it.</summary>
    public required decimal WaivedAmount { get; init; }

    /// <summary>What is still owed of it.</summary>
    public required decimal OutstandingAmount { get; init; }

    /// <summary>Why it was charged; null if nobody said.</summary>
    public required string? Reason { get; init; }
}

/// <summary>Something that an officer did to a loan.</summary>
public sealed record ListedAct
{
    /// <summary>What undoing names.</summary>
    public required Guid Id { get; init; }

    /// <summary>What it is.</summary>
    public required LoanActKind Kind { get; init; }

    /// <summary>What it came to.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The day from which it counts.</summary>
    public required DateOnly On { get; init; }

    /// <summary>When a charge falls due; null for other acts.</summary>
    public required DateOnly? DueDate { get; init; }

    /// <summary>Why; null if nobody said.</summary>
    public required string? Reason { get; init; }

    /// <summary>The officer who did it.</summary>
    public required Guid? RecordedBy { get; init; }

    /// <summary>When it was done.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Whether it was undone since.</summary>
    public required bool IsUndone { get; init; }

    /// <summary>The officer who undid it.</summary>
    public required Guid? UndoneBy { get; init; }

    /// <summary>When it was undone.</summary>
    public required DateTimeOffset? UndoneAt { get; init; }

    /// <summary>Why it was undone.</summary>
    public required string? UndoneReason { get; init; }
}

/// <summary>An act that was undone, and the loan without it.</summary>
public sealed record UndoneAct
{
    /// <summary>Id of the reversal; null while a second officer is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>What was undone.</summary>
    public required Guid ActId { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>What it was.</summary>
    public required LoanActKind Kind { get; init; }

    /// <summary>How much it was about.</summary>
    public required decimal Amount { get; init; }

    /// <summary>All that is outstanding now.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>What is overpaid now.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>How the loan account stands.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>What waits for a second officer; null: nothing does.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}

/// <summary>A debt that was forgiven, and what is outstanding without it.</summary>
public sealed record AppliedWaiver
{
    /// <summary>Id of the waiver; null while a second officer is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>What was forgiven.</summary>
    public required WaivedDebt Debt { get; init; }

    /// <summary>Which charge; null for interest.</summary>
    public required Guid? ChargeId { get; init; }

    /// <summary>How much was forgiven.</summary>
    public required decimal WaivedAmount { get; init; }

    /// <summary>Interest that is outstanding.</summary>
    public required decimal InterestBalance { get; init; }

    /// <summary>Fees that are outstanding.</summary>
    public required decimal FeesBalance { get; init; }

    /// <summary>Penalties that are outstanding.</summary>
    public required decimal PenaltyBalance { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>How the loan account stands.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>What waits for a second officer; null: nothing does.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}

/// <summary>An overpayment that went to the customer's wallet.</summary>
public sealed record RefundedOverpayment
{
    /// <summary>Id of the refund; null while a second officer is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>How much was refunded.</summary>
    public required decimal RefundedAmount { get; init; }

    /// <summary>What is still overpaid.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>What the wallet holds with it.</summary>
    public required decimal WalletBalance { get; init; }

    /// <summary>How the loan account stands.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>What waits for a second officer; null: nothing does.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}

/// <summary>A loan that was written off, or that waits for a second manager.</summary>
public sealed record WrittenOffLoan
{
    /// <summary>Id of the account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>False while a second manager is awaited.</summary>
    public required bool IsWrittenOff { get; init; }

    /// <summary>What can still be recovered.</summary>
    public required decimal WrittenOffAmount { get; init; }

    /// <summary>All that is outstanding.</summary>
    public required decimal TotalBalance { get; init; }

    /// <summary>How the loan account stands.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>What waits for a second officer; null: nothing does.</summary>
    public AwaitedApproval? AwaitedApproval { get; init; }
}
