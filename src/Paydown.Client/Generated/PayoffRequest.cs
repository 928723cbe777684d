namespace Paydown.Client;

/// <summary>The payoff of a loan.</summary>
public sealed partial record PayoffRequest
{
    /// <summary>The application of the loan.</summary>
    public required Guid LoanApplicationId { get; init; }

    /// <summary>How it is paid.</summary>
    public required RepaymentMethod PaymentMethod { get; init; }

    /// <summary>
    /// The transaction PIN. Required if money leaves the wallet and either the customer has set a PIN or the
    /// organisation asks for one. Checked whenever it is sent.
    /// </summary>
    public string? TransactionPin { get; init; }

    /// <summary>The total payable today; any other amount is refused. Null: the total payable.</summary>
    public decimal? PayoffAmount { get; init; }
}
