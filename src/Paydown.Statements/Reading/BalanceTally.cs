using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;

namespace Paydown.Statements.Reading;

/// <summary>Counts the entries of one statement and checks its balances at the end.</summary>
internal sealed class BalanceTally
{
    private Money? booked;

    /// <summary>The number of entries so far.</summary>
    public int Entries { get; private set; }

    /// <summary>Counts an entry. Only a booked one moves the balance.</summary>
    public EntryRead Count(StatementEntry entry)
    {
        Entries++;
        if (entry.Status == EntryStatus.Book)
            booked = booked is { } sum ? sum + entry.Amount : entry.Amount;
        return new EntryRead(entry);
    }

    /// <summary>Ends the statement.</summary>
    /// <param name="opening">The stated opening balance, if any.</param>
    /// <param name="closing">The stated closing balance, if any.</param>
    /// <param name="problem">Something else in the file that does not add up; null if there is nothing.</param>
    public StatementClosed Close(StatementBalance? opening, StatementBalance? closing, string? problem = null)
    {
        if (problem is null && (opening is null || closing is null))
            return new StatementClosed(opening, closing, BalanceCheck.NotStated, Entries, null);
        if (opening is { } before && closing is { } after)
            problem ??= Difference(before.Amount, after.Amount);
        var check = problem is null ? BalanceCheck.AddUp : BalanceCheck.DoNotAddUp;
        return new StatementClosed(opening, closing, check, Entries, problem);
    }

    private string? Difference(Money opening, Money closing)
    {
        var sum = booked ?? Money.Zero(opening.Currency);
        var end = opening + sum;
        return end == closing
            ? null
            : $"Opening balance {opening} and booked entries {sum} make {end}, not the closing balance {closing}.";
    }
}
