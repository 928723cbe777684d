namespace Paydown.Client;

/// <summary>
/// What the bank has on an account and what the ledger has, with all that makes the difference: statementBalance =
/// ledgerBalance + openingDifference + missing + notBooked − inTransit + unexplained.
/// </summary>
public sealed partial record BankReconciliation
{
    /// <summary>The lender's bank account.</summary>
    public required Guid CollectionAccountId { get; init; }

    /// <summary>What officers call the account.</summary>
    public required string AccountName { get; init; }

    /// <summary>The IBAN or number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The currency of all amounts, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The day.</summary>
    public required DateOnly AsOf { get; init; }

    /// <summary>The last statement with a balance; null if there is none.</summary>
    public required Guid? BankStatementId { get; init; }

    /// <summary>The name of its file; null if there is none.</summary>
    public required string? FileName { get; init; }

    /// <summary>The date of its closing balance; null if there is none.</summary>
    public required DateOnly? StatementDate { get; init; }

    /// <summary>Its closing balance; null if there is none.</summary>
    public required decimal? StatementBalance { get; init; }

    /// <summary>
    /// What the ledger has of this account: the bookings of its entries; and for the oldest account those that no entry
    /// shows.
    /// </summary>
    public required decimal LedgerBalance { get; init; }

    /// <summary>
    /// The balance before the first statement, less what was booked before it without an entry; null without a
    /// statement.
    /// </summary>
    public required decimal? OpeningDifference { get; init; }

    /// <summary>What balances show and no entry does: a statement is missing, or does not add up.</summary>
    public required decimal Missing { get; init; }

    /// <summary>The sum of the items that only the statements have.</summary>
    public required decimal NotBooked { get; init; }

    /// <summary>The sum of the items that only the ledger has.</summary>
    public required decimal InTransit { get; init; }

    /// <summary>What is left. It is zero, or the books are broken.</summary>
    public required decimal Unexplained { get; init; }

    /// <summary>The items by kind.</summary>
    public required IReadOnlyList<TransitTotal> Items { get; init; }
}
