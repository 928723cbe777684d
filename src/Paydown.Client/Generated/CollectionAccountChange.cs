namespace Paydown.Client;

/// <summary>A bank account of the lender as it is to be.</summary>
public sealed partial record CollectionAccountChange
{
    /// <summary>What officers call it.</summary>
    public required string Name { get; init; }

    /// <summary>The bank's code: a national code or a BIC.</summary>
    public required string? BankCode { get; init; }

    /// <summary>The bank's name.</summary>
    public required string? BankName { get; init; }

    /// <summary>
    /// How its CSV files are read, as JSON (docs/bank-statements.md). Null: as their column names say.
    /// </summary>
    public required string? CsvProfile { get; init; }

    /// <summary>Whether its statements are refused from now on.</summary>
    public required bool IsClosed { get; init; }
}
