namespace Paydown.Client;

/// <summary>A repayment that may be the same transfer, by the rules of DuplicateRules.</summary>
public sealed partial record PossibleDuplicate
{
    /// <summary>The other repayment's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The loan account that it was paid to.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>Its amount.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The day on which it was paid.</summary>
    public required DateOnly PaymentDate { get; init; }

    /// <summary>Its reference.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>PENDING_VERIFICATION or VERIFIED.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>When it was recorded.</summary>
    public required DateTimeOffset CreationDate { get; init; }
}
