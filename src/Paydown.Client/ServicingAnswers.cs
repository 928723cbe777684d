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

    /// <summary>What can still be waived of it.</summary>
    public required decimal Unpaid { get; init; }
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
