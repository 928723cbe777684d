namespace Paydown.Client;

/// <summary>The response to a payoff, in the field order of the contract.</summary>
public sealed partial record PayoffAnswer
{
    /// <summary>The id of the repayment that pays the loan off.</summary>
    public required Guid RepaymentId { get; init; }

    /// <summary>The loan's application.</summary>
    public required Guid? LoanApplicationId { get; init; }

    /// <summary>The amount of the payoff.</summary>
    public required decimal PayoffAmount { get; init; }

    /// <summary>The amount outstanding until the payoff is verified; 0 if it was paid from the wallet.</summary>
    public required decimal RemainingBalance { get; init; }

    /// <summary>DISBURSED until the payoff is verified, then PAID_OFF.</summary>
    public required ApplicationStatus LoanStatus { get; init; }

    /// <summary>The loan's creditor reference, to be written on the transfer.</summary>
    public required string TransactionReference { get; init; }

    /// <summary>The day from which the payoff counts.</summary>
    public required DateOnly PayoffDate { get; init; }

    /// <summary>PENDING_VERIFICATION, or VERIFIED if it was paid from the wallet.</summary>
    public required VerificationStatus VerificationStatus { get; init; }
}
