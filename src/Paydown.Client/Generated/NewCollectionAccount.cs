namespace Paydown.Client;

/// <summary>A bank account of the lender to add.</summary>
public sealed partial record NewCollectionAccount
{
    /// <summary>What officers call it.</summary>
    public required string Name { get; init; }

    /// <summary>The IBAN or account number; spaces and signs do not matter.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The bank's code: a national code or a BIC.</summary>
    public string? BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public string? BankName { get; init; }

    /// <summary>The account's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>
    /// The account of the ledger that stands for it: repayments arrive in COLLECTION_ACCOUNT, loans are paid out of
    /// FUNDING_ACCOUNT.
    /// </summary>
    public required LedgerAccount LedgerAccount { get; init; }

    /// <summary>
    /// How its CSV files are read, as JSON (docs/bank-statements.md). Null: as their column names say.
    /// </summary>
    public string? CsvProfile { get; init; }
}
