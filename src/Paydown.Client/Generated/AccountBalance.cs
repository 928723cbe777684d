namespace Paydown.Client;

/// <summary>The balance of one account. A debit balance is positive, a credit balance negative.</summary>
public sealed partial record AccountBalance
{
    /// <summary>The name of the account, for example LOAN_PRINCIPAL.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>The number of the account in the chart of accounts.</summary>
    public required int Number { get; init; }

    /// <summary>The class of the account. Assets and expenses grow by debits, the others by credits.</summary>
    public required AccountClass Class { get; init; }

    /// <summary>The balance before the month.</summary>
    public required decimal OpeningBalance { get; init; }

    /// <summary>The debits of the month.</summary>
    public required decimal Debits { get; init; }

    /// <summary>The credits of the month.</summary>
    public required decimal Credits { get; init; }

    /// <summary>The balance after the month.</summary>
    public required decimal ClosingBalance { get; init; }
}
