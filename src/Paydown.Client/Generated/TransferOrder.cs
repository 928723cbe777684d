namespace Paydown.Client;

/// <summary>Money to send from the wallet to a bank account of the customer.</summary>
public sealed partial record TransferOrder
{
    /// <summary>The customer's own id.</summary>
    public required Guid CustomerId { get; init; }

    /// <summary>The amount that the bank account receives. The fee is taken from the wallet on top.</summary>
    public required decimal Amount { get; init; }

    /// <summary>The customer's bank account. The next three fields must match it.</summary>
    public required Guid BankAccountId { get; init; }

    /// <summary>The NUBAN: 10 digits, the last of which is the check digit.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The CBN code: 3 digits for a deposit money bank, 5 or 6 for another institution.</summary>
    public required string BankCode { get; init; }

    /// <summary>The account holder's name as the bank writes it; must be the customer's name.</summary>
    public required string AccountName { get; init; }

    /// <summary>
    /// The transaction PIN. Required if money leaves the wallet and either the customer has set a PIN or the
    /// organisation asks for one. Checked whenever it is sent.
    /// </summary>
    public string? TransactionPin { get; init; }

    /// <summary>A note that is sent with the transfer.</summary>
    public string? Description { get; init; }
}
