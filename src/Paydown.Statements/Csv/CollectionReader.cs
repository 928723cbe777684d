using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>
/// Reads the CSV file of a collector, after a survey of the whole file. Several faults are reported together.
/// </summary>
internal sealed class CollectionReader(Stream stream, Encoding encoding, StatementReading reading, CsvNames names)
{
    private const int FaultsMax = 10;
    private const int IdLengthMax = 64;

    private readonly List<StatementFaultException> faults = [];

    /// <summary>Reads all lines.</summary>
    /// <param name="linesMax">More lines are a fault.</param>
    public IReadOnlyList<CollectionLine> Lines(int linesMax)
    {
        var layout = CsvSurvey.Of(stream, encoding, reading, names);
        var rows = layout.Rows(stream);
        var (row, lines) = (new CsvRow(layout, rows), new List<CollectionLine>());
        while (faults.Count < FaultsMax && rows.Next())
        {
            try
            {
                if (Read(row) is { } line)
                    lines.Add(line);
            }
            catch (StatementFaultException fault)
            {
                faults.Add(fault);
            }

            if (lines.Count > linesMax)
                throw new StatementFaultException($"The file has more than {linesMax} lines; split it.", row.Line);
        }

        StatementFaultException.ThrowAll(faults);
        return lines.Count > 0
            ? lines
            : throw new StatementFaultException("The file has no line below its header.", layout.HeaderLine);
    }

    private CollectionLine? Read(CsvRow row)
    {
        var kind = row.Kind();
        if (kind != CsvRowKind.Entry)
            return row.IsBlank || row.IsAfterFooter
                ? null
                : throw row.Fault("The line has no day; write one like 2026-12-31.", CsvRole.BookedOn);
        var currency = reading.Currency!;
        if (row.Cell(CsvRole.Currency) is { Length: > 0 } cell && CsvPreamble.CurrencyOf(cell) != currency)
            throw row.Fault(
                $"'{AmountText.Shown(cell)}' is not the currency of the loans; write {currency}.",
                CsvRole.Currency
            );
        var entry = row.Entry(currency);
        if (!entry.Amount.IsPositive)
            throw row.Fault(
                "The amount must be more than 0. Reverse the repayment of money that went back.",
                CsvRole.Amount
            );
        var commission = row.Positive(CsvRole.Commission, currency);
        return commission > entry.Amount
            ? throw row.Fault("The commission is more than the amount.", CsvRole.Commission)
            : new CollectionLine(
                row.Line,
                Text(row, CsvRole.BankReference, "The line has no id of the collector's transaction; write one."),
                Text(row, CsvRole.Reference, "The line names no loan; write its reference or account number."),
                entry.BookedOn,
                entry.Amount,
                commission
            );
    }

    private static string Text(CsvRow row, CsvRole role, string missing)
    {
        var text = Clean.Text(row.Cell(role)) ?? throw row.Fault(missing, role);
        return text.Length <= IdLengthMax
            ? text
            : throw row.Fault($"The text is {text.Length} characters; the limit is {IdLengthMax}.", role);
    }
}
