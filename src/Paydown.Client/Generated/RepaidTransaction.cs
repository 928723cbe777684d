namespace Paydown.Client;

/// <summary>A repayment that counts.</summary>
public sealed partial record RepaidTransaction
{
    /// <summary>The repayment's id, as returned when it was recorded.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>The loan's application; null for a loan that was taken over without one.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The amount that counts: as reported, or as an officer corrected it.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The day from which the repayment counts.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>BANK_TRANSFER, DIRECT_DEBIT, WALLET, CARD or CASH.</summary>
    public required RepaymentMethod PaymentMethod { get; init; }

    /// <summary>PAID for wallet and card, which settle at once; VERIFIED for all others.</summary>
    public required RepaidStatus Status { get; init; }
}
