using Paydown.Lending.Outcomes;
using Paydown.Lending.Statements;
using Paydown.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Server.Statements;

/// <summary>
/// A statement of a file without its entries. A file is read twice: first for these, which finds every fault and every
/// balance before anything is written; then for its entries, which are written while they are read. So a file of any
/// size takes little memory, and a broken one changes nothing.
/// </summary>
/// <param name="Position">The place in the file, from 1.</param>
/// <param name="Opened">How it begins.</param>
/// <param name="Closed">How it ends.</param>
public sealed record StatementSummary(int Position, StatementOpened Opened, StatementClosed Closed)
{
    /// <summary>Reads the statements of a file; refused if the file cannot be read to its end.</summary>
    public static Result<IReadOnlyList<StatementSummary>> ReadAll(Stream file, StatementReading reading)
    {
        var summaries = new List<StatementSummary>();
        StatementOpened? opened = null;
        try
        {
            foreach (var item in StatementFile.Read(file, reading))
            {
                if (item is StatementOpened begins)
                    opened = begins;
                else if (item is StatementClosed closed)
                    summaries.Add(new(summaries.Count + 1, opened!, CheckOf(opened!, closed)));
            }
        }
        catch (StatementFaultException exception)
        {
            return Refusals.BankStatementUnreadable(exception.Message);
        }

        return summaries.Count > 0
            ? summaries
            : Refusals.BankStatementUnreadable("The file holds no statement; download it again.");
    }

    /// <summary>
    /// Reads the entries of the statements of a file, each with the place of its statement. Those of a notification
    /// are information: the account's statement has the same money, perhaps as one sum.
    /// </summary>
    public static IEnumerable<(int Position, StatementEntry Entry)> ReadEntries(Stream file, StatementReading reading)
    {
        var (position, isNotification) = (0, false);
        foreach (var item in StatementFile.Read(file, reading))
        {
            if (item is StatementOpened opened)
                (position, isNotification) = (position + 1, IsNotification(opened));
            else if (item is EntryRead { Entry: var entry })
                yield return (position, isNotification ? entry with { Status = EntryStatus.Info } : entry);
        }
    }

    // Balances that a notification states anyway say nothing about its entries.
    private static StatementClosed CheckOf(StatementOpened opened, StatementClosed closed) =>
        IsNotification(opened) ? new(null, null, BalanceCheck.NotStated, closed.Entries, Problem: null) : closed;

    private static bool IsNotification(StatementOpened opened) =>
        opened.Format.StartsWith("camt.054", StringComparison.Ordinal);
}
