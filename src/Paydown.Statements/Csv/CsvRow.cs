using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Csv;

/// <summary>What a row below the header is.</summary>
internal enum CsvRowKind
{
    /// <summary>Nothing of the statement: empty, a note, a sum, a repeated header.</summary>
    Other,

    /// <summary>An entry.</summary>
    Entry,

    /// <summary>The opening balance, as a row without an amount.</summary>
    Opening,

    /// <summary>The closing balance, as a row without an amount.</summary>
    Closing,

    /// <summary>More text of the entry before.</summary>
    Continuation,
}

/// <summary>Reads one row by the layout of its file.</summary>
internal sealed class CsvRow(CsvLayout layout, CsvRecords row)
{
    private static readonly CsvRole[] Amounts = [CsvRole.Amount, CsvRole.Debit, CsvRole.Credit];

    private bool isAfterFooter;

    public int Line => row.Line;

    /// <summary>True if a row before it, or itself, sums up or ends the list.</summary>
    public bool IsAfterFooter => isAfterFooter;

    /// <summary>True if no cell has a text, or if the row repeats the header.</summary>
    public bool IsBlank => row.Cells.All(cell => cell.Length == 0) || row.Cells.SequenceEqual(layout.Header);

    /// <summary>The remittance text, else the bank's description.</summary>
    public string? Text => Clean.Text(Cell(CsvRole.Text)) ?? Clean.Text(Cell(CsvRole.Description));

    public string Cell(CsvRole role) => layout.Cell(row, role);

    /// <summary>Finds out what the row is.</summary>
    /// <exception cref="StatementFaultException">It looks like an entry and cannot be one.</exception>
    public CsvRowKind Kind()
    {
        var day = layout.Day(row);
        if (IsBlank)
            return CsvRowKind.Other;
        if (CsvDay.IsShaped(day))
            return Dated();
        isAfterFooter |= BeginsWith(row.Cells.First(cell => cell.Length > 0), CsvWords.All.Footers);
        if (isAfterFooter)
            return CsvRowKind.Other;
        var hasAmount = Amounts.Any(role => Cell(role).Any(char.IsAsciiDigit));
        if (day.Length == 0)
            return hasAmount ? BalanceOr("The row has an amount and no day.", CsvRole.BookedOn)
                : Text is not null && row.Cells.Count(cell => cell.Length > 0) == 1 ? CsvRowKind.Continuation
                : CsvRowKind.Other;
        return hasAmount || char.IsAsciiDigit(day[0])
            ? throw Fault($"'{AmountText.Shown(day)}' is not a day.", CsvRole.BookedOn)
            : CsvRowKind.Other;
    }

    /// <summary>The entry of the row.</summary>
    public StatementEntry Entry(Currency currency)
    {
        if (row.Cells.Skip(layout.Header.Count).Any(cell => cell.Length > 0))
            throw new StatementFaultException(
                $"The row has {row.Cells.Count} columns, the header {layout.Header.Count}; a text with a delimiter must "
                    + "stand in quotation marks.",
                Line
            );
        var bookedOn = DayOf(layout.Day(row), CsvRole.BookedOn);
        return new StatementEntry
        {
            BookedOn = bookedOn,
            ValueOn = Cell(CsvRole.ValueOn) is { Length: > 0 } valueOn ? DayOf(valueOn, CsvRole.ValueOn) : bookedOn,
            Amount = Amount(currency),
            Status = Contains(Cell(CsvRole.Status), CsvWords.All.Pending) ? EntryStatus.Pdng : EntryStatus.Book,
            IsReversal = Text is { } text && layout.Profile.Reversals.Any(text.StartsWith),
            Reference = Clean.Reference(Cell(CsvRole.Reference)),
            Text = Text,
            CounterpartyName = Clean.Text(Cell(CsvRole.CounterpartyName)),
            CounterpartyAccount = Clean.Text(Cell(CsvRole.CounterpartyAccount)),
            BankReference = Clean.Reference(Cell(CsvRole.BankReference)),
            EndToEndId = Clean.Reference(Cell(CsvRole.EndToEndId)),
            RunningBalance = Balance(currency)?.Amount,
            Line = Line,
        };
    }

    /// <summary>The balance of the row; null if it has none.</summary>
    public StatementBalance? Balance(Currency currency) =>
        Cell(CsvRole.Balance) is { Length: > 0 } text
            ? new StatementBalance(Read(text, CsvRole.Balance, currency), CsvDay.Read(layout.Day(row), layout.Dates))
            : null;

    /// <summary>An amount of the row that must not be below zero; null if its cell is empty.</summary>
    public Money? Positive(CsvRole role, Currency currency)
    {
        if (Cell(role) is not { Length: > 0 } text)
            return null;
        var amount = Read(text, role, currency);
        return amount >= Money.Zero(currency)
            ? amount
            : throw Fault($"'{AmountText.Shown(text)}' is below 0; write it without a sign.", role);
    }

    /// <summary>A fault of the row.</summary>
    public StatementFaultException Fault(string problem, CsvRole role) =>
        new(problem, Line, layout.Roles.TryGetValue(role, out var at) ? layout.Header[at] : null);

    private CsvRowKind Dated()
    {
        var isEntry = Amounts.Any(role => Cell(role).Length > 0);
        return isEntry ? CsvRowKind.Entry : BalanceOr("The row has no amount.", FirstAmount());
    }

    private CsvRole FirstAmount() => Amounts.First(layout.Roles.ContainsKey);

    private CsvRowKind BalanceOr(string problem, CsvRole role)
    {
        var (text, hasBalance) = (Text ?? "", Cell(CsvRole.Balance).Length > 0);
        return hasBalance && BeginsWith(text, CsvWords.All.OpeningLabels) ? CsvRowKind.Opening
            : hasBalance && BeginsWith(text, CsvWords.All.ClosingLabels) ? CsvRowKind.Closing
            : throw Fault(problem, role);
    }

    private Money Amount(Currency currency)
    {
        if (Cell(CsvRole.Amount) is { Length: > 0 } signed)
            return WithSide(Read(signed, CsvRole.Amount, currency));
        var debit = Unsigned(CsvRole.Debit, currency);
        var credit = Cell(CsvRole.Credit) is { Length: > 0 } text ? Read(text, CsvRole.Credit, currency) : (Money?)null;
        return (debit, credit) switch
        {
            ({ IsZero: false }, { IsZero: false }) => throw Fault(
                "The row has both a debit and a credit; one must be empty or zero.",
                CsvRole.Debit
            ),
            ({ IsZero: false } money, _) => -money,
            (_, { } money) => money,
            ({ } zero, _) => zero,
            _ => throw Fault("The row has no amount.", FirstAmount()),
        };
    }

    // Some banks write money out with a minus, others without.
    private Money? Unsigned(CsvRole role, Currency currency)
    {
        if (Cell(role) is not { Length: > 0 } text)
            return null;
        var amount = Read(text, role, currency);
        return amount < Money.Zero(currency) ? -amount : amount;
    }

    private Money WithSide(Money amount)
    {
        if (!layout.Roles.ContainsKey(CsvRole.Side))
            return amount;
        var side = CsvWords.Bare(Cell(CsvRole.Side));
        var isDebit = CsvWords.All.Debit.Contains(side);
        if (!isDebit && !CsvWords.All.Credit.Contains(side))
            throw Fault($"'{AmountText.Shown(Cell(CsvRole.Side))}' is not a side; write Dr or Cr.", CsvRole.Side);
        return isDebit && amount.IsPositive ? -amount : amount;
    }

    private Money Read(string text, CsvRole role, Currency currency) =>
        CsvAmount.Read(text, layout.Decimal, currency, out var amount) is { } problem
            ? throw Fault(problem, role)
            : amount;

    private DateOnly DayOf(string text, CsvRole role) =>
        CsvDay.Read(text, layout.Dates)
        ?? throw Fault(
            layout.Dates is { } order
                ? $"'{AmountText.Shown(text)}' is not a day; days of this file are {Words(order)}."
                : $"'{AmountText.Shown(text)}' is not a day.",
            role
        );

    private static string Words(CsvDates order) =>
        order switch
        {
            CsvDates.DayFirst => "day, month, year",
            CsvDates.MonthFirst => "month, day, year",
            _ => "year, month, day",
        };

    private static bool BeginsWith(string text, string[] words)
    {
        var bare = CsvWords.Bare(text);
        return Array.Exists(words, word => bare.StartsWith(word, StringComparison.Ordinal));
    }

    private static bool Contains(string text, string[] words) =>
        text.Length > 0 && Array.Exists(words, word => text.Contains(word, StringComparison.OrdinalIgnoreCase));
}
