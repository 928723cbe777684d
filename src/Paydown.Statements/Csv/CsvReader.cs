using System.Globalization;
using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>Reads CSV files, after a survey of the whole file. Several faults are reported together.</summary>
internal sealed class CsvReader(Stream stream, Encoding encoding, StatementReading reading)
{
    private const string Format = "CSV";
    private const int FaultsMax = 10;

    // Amounts are checked before a missing currency is reported, which may hide worse.
    private static readonly Currency AnyCurrency = Currency.Of("ZZZ", 4);

    private readonly List<StatementFaultException> faults = [];
    private CsvLayout layout = null!;
    private Currency? currency;
    private string? account;
    private bool isOpen;
    private bool lacksCurrency;
    private BalanceTally tally = new();
    private CsvBalances balances = new();
    private StatementEntry? held;

    public IEnumerable<StatementItem> Items()
    {
        layout = CsvSurvey.Of(stream, encoding, reading);
        var (rows, row) = (layout.Rows(stream), default(CsvRow)!);
        row = new CsvRow(layout, rows);
        while (faults.Count < FaultsMax && rows.Next())
        {
            foreach (var item in Collecting(row))
            {
                if (faults.Count == 0 && !lacksCurrency)
                    yield return item;
            }
        }

        Refuse();
        if (!isOpen)
            yield return Open(null);
        if (Held() is { } last)
            yield return last;
        yield return Close();
    }

    private List<StatementItem> Collecting(CsvRow row)
    {
        try
        {
            return Take(row);
        }
        catch (StatementFaultException fault)
        {
            faults.Add(fault);
            return [];
        }
    }

    private List<StatementItem> Take(CsvRow row)
    {
        var kind = row.Kind();
        switch (kind)
        {
            case CsvRowKind.Entry:
                return Entry(row);
            case CsvRowKind.Opening or CsvRowKind.Closing:
                var balance = row.Balance(CurrencyOf(row))!.Value;
                if (kind == CsvRowKind.Opening)
                    balances.Opening ??= balance;
                else
                    balances.Closing ??= balance;
                return [];
            case CsvRowKind.Continuation when held is { } entry:
                held = entry with { Text = $"{entry.Text} {row.Text}" };
                return [];
            default:
                return [];
        }
    }

    private List<StatementItem> Entry(CsvRow row)
    {
        var items = new List<StatementItem>();
        var stated = row.Cell(CsvRole.Account) is { Length: > 0 } own ? own : layout.Preamble.Account;
        var rowAccount = OwnAccount.Check(stated, reading, row.Line);
        var entry = row.Entry(CurrencyOf(row));
        if (Held() is { } before)
            items.Add(before);
        // A file may list one account after the other.
        if (isOpen && rowAccount != account)
        {
            items.Add(Close());
            isOpen = false;
        }

        if (!isOpen)
            items.Add(Open(rowAccount));
        balances.Take(entry);
        held = entry;
        return items;
    }

    // One row later, because the next row may go on with its text.
    private EntryRead? Held()
    {
        if (held is not { } entry)
            return null;
        held = null;
        return tally.Count(entry);
    }

    private StatementOpened Open(string? rowAccount)
    {
        account = rowAccount ?? OwnAccount.Check(layout.Preamble.Account, reading, null);
        (isOpen, tally) = (true, new BalanceTally());
        return new StatementOpened(account, currency ?? layout.Preamble.Currency ?? reading.Currency, null, Format);
    }

    private StatementClosed Close()
    {
        var (opening, closing) = balances.Ends(layout, currency ?? AnyCurrency);
        var problem = balances.Problem;
        balances = new CsvBalances();
        return tally.Close(opening, closing, problem);
    }

    private Currency CurrencyOf(CsvRow row)
    {
        var cell = row.Cell(CsvRole.Currency);
        var found =
            cell.Length == 0 ? layout.Preamble.Currency ?? CurrencyCode.Find(layout.Profile.Currency)
            : CsvPreamble.CurrencyOf(cell) is { } known ? known
            : throw row.Fault($"'{AmountText.Shown(cell)}' is not a currency.", CsvRole.Currency);
        if (found is not null && reading.Currency is { } given && given != found)
            throw row.Fault($"The account is in {found}, not in {given} as given.", CsvRole.Currency);
        found ??= reading.Currency;
        if (found is not null && currency is not null && found != currency)
            throw row.Fault($"The entry is in {found}, but those before it are in {currency}.", CsvRole.Currency);
        currency ??= found;
        lacksCurrency |= currency is null;
        return currency ?? AnyCurrency;
    }

    private void Refuse()
    {
        StatementFaultException.ThrowAll(faults);
        if (lacksCurrency)
            throw new StatementFaultException("The file does not state its currency; give it with the file.");
    }
}
