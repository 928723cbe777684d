namespace Paydown.Client;

/// <summary>The response to a reported repayment.</summary>
public sealed partial record RepaymentRecorded
{
    /// <summary>The repayment's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The amount that was reported.</summary>
    public required decimal RepaymentAmount { get; init; }

    /// <summary>The customer's first and last name.</summary>
    public required string CustomerName { get; init; }

    /// <summary>The customer's e-mail address.</summary>
    public required string Email { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }

    /// <summary>The reference as reported.</summary>
    public required string RepaymentReference { get; init; }

    /// <summary>Always PENDING_VERIFICATION.</summary>
    public required VerificationStatus VerificationStatus { get; init; }

    /// <summary>A sentence for the customer, the same as the response's own message.</summary>
    public required string Message { get; init; }
}
