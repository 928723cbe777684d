namespace Paydown.Client;

/// <summary>One debit or credit of an entry.</summary>
public sealed partial record EntryLine
{
    /// <summary>The account of the ledger.</summary>
    public required LedgerAccount Account { get; init; }

    /// <summary>The amount: positive for a debit, negative for a credit.</summary>
    public required decimal Amount { get; init; }
}
