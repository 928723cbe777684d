using Paydown.Lending.Amounts;

namespace Paydown.Lending.Statements;

/// <summary>A balance that a statement states, at the beginning or end of a day.</summary>
public readonly record struct StatementBalance(Money Amount, DateOnly On);

/// <summary>Whether opening balance and booked entries make the closing balance.</summary>
public enum BalanceCheck
{
    /// <summary>Opening + booked entries = closing.</summary>
    AddUp,

    /// <summary>They do not add up: the file may be cut or misread, and nothing of it is matched by itself.</summary>
    DoNotAddUp,

    /// <summary>The file does not state both balances.</summary>
    NotStated,
}
