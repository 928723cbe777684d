using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Statements;

namespace Paydown.Server.Statements;

/// <summary>What became of a statement.</summary>
public enum StatementState
{
    /// <summary>Its entries are stored and matched.</summary>
    Taken,

    /// <summary>Its balances do not add up. No entry is stored before an officer confirms it.</summary>
    Held,

    /// <summary>An officer discarded it.</summary>
    Discarded,
}

/// <summary>A bank statement: one account and period of a file.</summary>
public sealed record BankStatementView
{
    /// <summary>The statement's id.</summary>
    public required BankStatementId Id { get; init; }

    /// <summary>The lender's bank account.</summary>
    public required CollectionAccountId CollectionAccountId { get; init; }

    /// <summary>What officers call the account.</summary>
    public required string AccountName { get; init; }

    /// <summary>The IBAN or number of the account.</summary>
    public required string AccountNumber { get; init; }

    /// <summary>The currency of the account, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The name of the file.</summary>
    public required string FileName { get; init; }

    /// <summary>The format of the file, for example <c>camt.053.001.08</c>, <c>MT940</c> or <c>CSV</c>.</summary>
    public required string Format { get; init; }

    /// <summary>The bank's number of the statement, which may come again; null if it has none.</summary>
    public required string? StatementNumber { get; init; }

    /// <summary>The balance before its entries; null if the file does not state it.</summary>
    public required Money? OpeningBalance { get; init; }

    /// <summary>The day of the opening balance; null if the file does not state it.</summary>
    public required DateOnly? OpeningDate { get; init; }

    /// <summary>The balance after its entries; null if the file does not state it.</summary>
    public required Money? ClosingBalance { get; init; }

    /// <summary>The day of the closing balance; null if the file does not state it.</summary>
    public required DateOnly? ClosingDate { get; init; }

    /// <summary><c>ADD_UP</c>, <c>DO_NOT_ADD_UP</c>, or <c>NOT_STATED</c> if the file lacks a balance.</summary>
    public required BalanceCheck Balances { get; init; }

    /// <summary>What does not add up, with the figures; null if nothing is wrong.</summary>
    public required string? Problem { get; init; }

    /// <summary>
    /// The opening balance minus the closing balance of the statement before it: what a missing statement between them
    /// would have moved. Null if nothing is missing.
    /// </summary>
    public required Money? Gap { get; init; }

    /// <summary><c>TAKEN</c>, <c>HELD</c> or <c>DISCARDED</c>.</summary>
    public required StatementState State { get; init; }

    /// <summary>The number of entries in the file.</summary>
    public required int EntryCount { get; init; }

    /// <summary>The number of entries that its import added; the others were stored before.</summary>
    public required int NewEntryCount { get; init; }

    /// <summary>Who imported it.</summary>
    public required UserId RecordedBy { get; init; }

    /// <summary>When it was imported.</summary>
    public required DateTimeOffset RecordedAt { get; init; }

    /// <summary>Who confirmed or discarded it; null unless it was held.</summary>
    public required UserId? DecidedBy { get; init; }

    /// <summary>When it was confirmed or discarded; null unless it was held.</summary>
    public required DateTimeOffset? DecidedAt { get; init; }
}

/// <summary>The statements of an imported file.</summary>
/// <param name="FileName">The name of the file.</param>
/// <param name="IsRepeated">True if the same file was imported before: nothing was added.</param>
/// <param name="Statements">The statements in the order of the file.</param>
public sealed record ImportedFile(string FileName, bool IsRepeated, IReadOnlyList<BankStatementView> Statements);
