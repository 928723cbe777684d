namespace Paydown.Client;

/// <summary>A repayment that the customer has already sent by bank transfer.</summary>
public sealed record RepaymentReport
{
    /// <summary>What was sent, in major units: more than 0, at most the total payable.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The signed-in customer.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The loan account.</summary>
    public required Guid AccountId { get; init; }

    /// <summary>The bank account of the customer that it was sent from.</summary>
    public required Guid BankAccountId { get; init; }

    /// <summary>The reference of the repayment instructions, as written on the transfer.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>The day on which it was paid; null: today.</summary>
    public DateOnly? PaymentDate { get; init; }

    /// <summary>A note of at most 255 characters.</summary>
    public string? PaymentNarration { get; init; }
}

/// <summary>The wish to pay off a loan.</summary>
public sealed record PayoffRequest
{
    /// <summary>The application of the loan.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>How it is paid: from the wallet, by bank transfer or by card.</summary>
    public required RepaymentMethod PaymentMethod { get; init; }

    /// <summary>Where the organisation asks for one.</summary>
    public string? TransactionPin { get; init; }

    /// <summary>Null: all that is payable today; no other amount is accepted.</summary>
    public decimal? PayoffAmount { get; init; }

    /// <summary>Without the PIN, so that no log gets it.</summary>
    public override string ToString() => $"{nameof(PayoffRequest)} of {LoanApplicationId}";
}

/// <summary>Which repayments of a customer are wanted; by default all.</summary>
public sealed record CustomerRepaymentFilter
{
    /// <summary>Only those with this status.</summary>
    public VerificationStatus? Status { get; init; }

    /// <summary>Only those of the loan of this application.</summary>
    public Guid? LoanApplicationId { get; init; }
}
