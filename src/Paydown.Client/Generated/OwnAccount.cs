namespace Paydown.Client;

/// <summary>A bank account of the lender, whose statements can be imported.</summary>
public sealed partial record OwnAccount
{
    /// <summary>The account's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>What officers call it.</summary>
    public required string Name { get; init; }

    /// <summary>The IBAN or account number: letters and digits only, in upper case.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The bank's code; null if unknown.</summary>
    public required string? BankCode { get; init; }

    /// <summary>The bank's name; null if unknown.</summary>
    public required string? BankName { get; init; }

    /// <summary>The account's currency, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The account of the ledger that stands for it: COLLECTION_ACCOUNT or FUNDING_ACCOUNT.</summary>
    public required LedgerAccount LedgerAccount { get; init; }

    /// <summary>How its CSV files are read, as JSON; null if their column names suffice.</summary>
    public required string? CsvProfile { get; init; }

    /// <summary>Since when its statements are refused; null if they are taken.</summary>
    public required DateTimeOffset? ClosedAt { get; init; }
}
