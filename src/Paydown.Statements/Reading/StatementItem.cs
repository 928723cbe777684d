using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;

namespace Paydown.Statements.Reading;

/// <summary>
/// What a file of bank statements holds, in its order: each statement is opened, then has entries, then is closed. A
/// file may hold several statements of several accounts.
/// </summary>
public abstract record StatementItem
{
    private protected StatementItem() { }
}

/// <summary>A statement begins.</summary>
/// <param name="Account">
/// The IBAN or number of the statement's account as the file has it; null if it has none, or only a masked one.
/// </param>
/// <param name="Currency">
/// The currency of the account; null only if the statement has neither entries nor balances.
/// </param>
/// <param name="Id">The bank's number of the statement; shown, never trusted. Null if there is none.</param>
/// <param name="Format">For example <c>camt.053.001.08</c>, <c>MT940</c>, <c>BAI2</c> or <c>CSV</c>.</param>
public sealed record StatementOpened(string? Account, Currency? Currency, string? Id, string Format) : StatementItem;

/// <summary>An entry of the statement that was opened last.</summary>
/// <param name="Entry">The entry.</param>
public sealed record EntryRead(StatementEntry Entry) : StatementItem;

/// <summary>A statement ends.</summary>
/// <param name="Opening">The booked balance before its entries; null if the file does not state it.</param>
/// <param name="Closing">The booked balance after them; null if the file does not state it.</param>
/// <param name="Balances">Whether opening balance and booked entries make the closing balance.</param>
/// <param name="Entries">The number of entries.</param>
/// <param name="Problem">What does not add up, with the figures; null if nothing is wrong.</param>
public sealed record StatementClosed(
    StatementBalance? Opening,
    StatementBalance? Closing,
    BalanceCheck Balances,
    int Entries,
    string? Problem
) : StatementItem;
