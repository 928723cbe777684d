namespace Paydown.Client;

/// <summary>An application for its customer, in the shape of the contract.</summary>
public sealed partial record ApplicationDetails
{
    /// <summary>The application.</summary>
    public required RequestedLoan LoanDetails { get; init; }

    /// <summary>The name of the loan product.</summary>
    public required string LoanProductName { get; init; }
}
