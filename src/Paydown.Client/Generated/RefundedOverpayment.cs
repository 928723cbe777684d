namespace Paydown.Client;

/// <summary>The response to refunding an overpayment.</summary>
public sealed partial record RefundedOverpayment
{
    /// <summary>The refund's id; null while a second manager is awaited.</summary>
    public required Guid? Id { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The refunded amount; 0 while a second manager is awaited.</summary>
    public required decimal RefundedAmount { get; init; }

    /// <summary>What is still overpaid on the loan.</summary>
    public required decimal Overpaid { get; init; }

    /// <summary>The balance of the customer's wallet now.</summary>
    public required decimal WalletBalance { get; init; }

    /// <summary>The loan account's state now.</summary>
    public required AccountState AccountState { get; init; }

    /// <summary>The refund that awaits a second manager; null if there is none.</summary>
    public required AwaitedApproval? AwaitedApproval { get; init; }
}
