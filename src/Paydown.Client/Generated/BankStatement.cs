namespace Paydown.Client;

/// <summary>A bank statement: one account and period of a file.</summary>
public sealed partial record BankStatement
{
    /// <summary>The statement's id.</summary>
    public required Guid Id { get; init; }

    /// <summary>The lender's bank account.</summary>
    public required Guid CollectionAccountId { get; init; }

    /// <summary>What officers call the account.</summary>
    public required string AccountName { get; init; }

    /// <summary>The IBAN or number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The currency of the account, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>The format of the file, for example camt.053.001.08, MT940 or CSV.</summary>
    public required string Format { get; init; }

    /// <summary>The bank's number of the statement, which may come again; null if it has none.</summary>
    public required string? StatementNumber { get; init; }

    /// <summary>The balance before its entries; null if the file does not state it.</summary>
    public required decimal? OpeningBalance { get; init; }

    /// <summary>The day of the opening balance; null if the file does not state it.</summary>
    public required DateOnly? OpeningDate { get; init; }

    /// <summary>The balance after its entries; null if the file does not state it.</summary>
    public required decimal? ClosingBalance { get; init; }

    /// <summary>The day of the closing balance; null if the file does not state it.</summary>
    public required DateOnly? ClosingDate { get; init; }

    /// <summary>ADD_UP, DO_NOT_ADD_UP, or NOT_STATED if the file lacks a balance.</summary>
    public required BalanceCheck Balances { get; init; }

    /// <summary>What does not add up, with the figures; null if nothing is wrong.</summary>
    public required string? Problem { get; init; }

    /// <summary>
    /// The opening balance minus the closing balance of the statement before it: what a missing statement between them
    /// would have moved. Null if nothing is missing.
    /// </summary>
    public required decimal? Gap { get; init; }

    /// <summary>TAKEN, HELD or DISCARDED.</summary>
    public required StatementState State { get; init; }

    /// <summary>The number of entries in the file.</summary>
    public required int EntryCount { get; init; }

    /// <summary>The number of entries that its import added; the others were stored before.</summary>
    public required int NewEntryCount { get; init; }

    /// <summary>Who imported it.</summary>
    public required Guid RecordedBy { get; init; }

    /// <summary>When it was imported.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who confirmed or discarded it; null unless it was held.</summary>
    public required Guid? DecidedBy { get; init; }

    /// <summary>When it was confirmed or discarded; null unless it was held.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }
}
