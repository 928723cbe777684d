using Paydown.Lending.Amounts;

namespace Paydown.Statements.Reading;

/// <summary>What the caller knows and the file may lack.</summary>
public sealed record StatementReading
{
    /// <summary>
    /// The account that the file must be of: a file of another account is refused. Null for any account.
    /// </summary>
    public string? Account { get; init; }

    /// <summary>The currency, for files that do not state it. A file that states another one is refused.</summary>
    public Currency? Currency { get; init; }

    /// <summary>How to read a CSV file; null to choose a known profile by the file's column names.</summary>
    public CsvProfile? Profile { get; init; }
}
