namespace Paydown.Client;

/// <summary>A bank statement with its entries by state.</summary>
public sealed partial record BankStatementDetails
{
    /// <summary>The statement.</summary>
    public required BankStatement Statement { get; init; }

    /// <summary>The states of the entries that it added; a state without entries is left out.</summary>
    public required IReadOnlyList<EntryCount> States { get; init; }
}
