using System.Globalization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Bai2;

/// <summary>
/// Reads BAI2: file (01), group of one day (02), account (03), transactions (16) and their ends (49, 98, 99). The ends
/// state sums and numbers of records: what differs is a reason to hold the statement.
/// </summary>
internal sealed class Bai2Reader(TextLines lines, StatementReading reading)
{
    private const string Format = "BAI2";
    private const string OpeningLedger = "010";
    private const string ClosingLedger = "015";
    private const string NotMoney = "890";

    // Of a file that names none.
    private const string UsualCurrency = "USD";

    private readonly Bai2Records records = new(lines);
    private DateOnly on;
    private string? groupCurrency;
    private bool isInterim;
    private bool isOpen;
    private Currency currency = null!;
    private StatementBalance? opening;
    private StatementBalance? closing;
    private Money control;
    private int first;
    private BalanceTally tally = new();

    /// <summary>True if the beginning of a file looks like BAI2.</summary>
    public static bool Reads(string head) => head.AsSpan().TrimStart().StartsWith("01,");

    public IEnumerable<StatementItem> Items()
    {
        var isEnded = false;
        int statements = 0,
            accounts = 0,
            groups = 0;
        while (records.Next() is { } record)
        {
            if (isEnded)
                throw Fault("A record follows the end of the file (99).", record);
            switch (record.Code)
            {
                case "02":
                    BeginGroup(record);
                    break;
                case "03":
                    statements++;
                    yield return Open(record);
                    break;
                case "16":
                    yield return tally.Count(Transaction(record));
                    break;
                case "49":
                    yield return Close(record);
                    accounts++;
                    break;
                case "98":
                    CheckCount(record, accounts, "accounts");
                    (accounts, groups) = (0, groups + 1);
                    break;
                case "99":
                    CheckCount(record, groups, "groups");
                    isEnded = true;
                    break;
                case "01":
                    break;
                default:
                    throw Fault($"'{AmountText.Shown(record.Code)}' is not a record code of BAI2.", record);
            }
        }

        if (!isEnded || isOpen)
            throw new StatementFaultException(
                "The file ends without its last record (99); download it again.",
                lines.Number
            );
        if (statements == 0)
            throw new StatementFaultException("The file has no account (record 03).");
    }

    // Receiver, originator, status, day, time, currency, kind of day.
    private void BeginGroup(Bai2Record record)
    {
        if (record.Field(3) is "2" or "4")
            throw Fault("The group is a deletion or a test; only new and corrected groups are read.", record);
        on = Day(record, record.Field(4));
        groupCurrency = Clean.Text(record.Field(6));
        isInterim = record.Field(7) == "3";
    }

    private StatementOpened Open(Bai2Record record)
    {
        if (isOpen)
            throw Fault("The account before has no end (record 49).", record);
        if (on == default)
            throw Fault("The account stands before its group (record 02).", record);
        var code = Clean.Text(record.Field(2)) ?? groupCurrency ?? reading.Currency?.Code ?? UsualCurrency;
        currency =
            CurrencyCode.Find(code)
            ?? throw Fault($"'{code}' is not a currency code: three upper-case letters.", record);
        if (reading.Currency is { } given && given != currency)
            throw Fault($"The account is in {currency}, not in {given} as given.", record);
        (isOpen, opening, closing, tally) = (true, null, null, new BalanceTally());
        (control, first) = (Money.Zero(currency), record.Number);
        var account = OwnAccount.Check(record.Field(1), reading, record.Line);
        ReadBalances(record);
        return new StatementOpened(account, currency, null, Format);
    }

    // Groups of type, amount, number of items and kind of funds.
    private void ReadBalances(Bai2Record record)
    {
        for (var at = 3; at + 1 < record.Fields.Count; )
        {
            var (type, text) = (record.Field(at), record.Field(at + 1));
            if (Clean.Text(type) is not null && Clean.Text(text) is not null)
            {
                var amount = Amount(record, text);
                control += amount;
                if (type == OpeningLedger)
                    opening = new StatementBalance(amount, on);
                else if (type == ClosingLedger)
                    closing = new StatementBalance(amount, on);
            }

            at = AfterFunds(record, at + 3, out _);
        }
    }

    // Type, amount, kind of funds, the bank's reference, the customer's reference, text.
    private StatementEntry Transaction(Bai2Record record)
    {
        if (!isOpen)
            throw Fault("The transaction stands outside of an account (record 03).", record);
        var amount = Clean.Text(record.Field(2)) is { } text ? Amount(record, text) : Money.Zero(currency);
        control += amount;
        var at = AfterFunds(record, 3, out var valueOn);
        return new StatementEntry
        {
            BookedOn = on,
            ValueOn = valueOn ?? on,
            Amount = IsCredit(record, amount) ? amount : -amount,
            Status =
                record.Field(1) == NotMoney ? EntryStatus.Info
                : isInterim ? EntryStatus.Pdng
                : EntryStatus.Book,
            BankReference = Clean.Reference(record.Field(at)),
            EndToEndId = Clean.Reference(record.Field(at + 1)),
            Text = record.TextFrom(at + 2),
            TransactionCode = record.Field(1),
            Line = record.Line,
        };
    }

    private StatementClosed Close(Bai2Record record)
    {
        if (!isOpen)
            throw Fault("The end of an account stands without its beginning (record 03).", record);
        isOpen = false;
        var total = Amount(record, record.Field(1));
        var count = record.Number - first + 1;
        var stated = Clean.Text(record.Field(2));
        var problem =
            total != control ? $"The account's control total is {total}, but its amounts make {control}."
            : stated is not null && stated != count.ToString(CultureInfo.InvariantCulture)
                ? $"The account states {AmountText.Shown(stated)} records, but has {count}."
            : null;
        return tally.Close(opening, closing, problem);
    }

    private static void CheckCount(Bai2Record record, int count, string what)
    {
        if (Clean.Text(record.Field(2)) is { } stated && stated != count.ToString(CultureInfo.InvariantCulture))
            throw Fault(
                $"{AmountText.Shown(stated)} {what} are stated, but there are {count}; download it again.",
                record
            );
    }

    // The place after a kind of funds: S has three amounts, V a day and a time, D a number of pairs.
    private static int AfterFunds(Bai2Record record, int at, out DateOnly? valueOn)
    {
        valueOn = null;
        switch (record.Field(at))
        {
            case "S":
                return at + 4;
            case "V":
                valueOn = Clean.Text(record.Field(at + 1)) is { } day ? Day(record, day) : null;
                return at + 3;
            case "D":
                return
                    int.TryParse(record.Field(at + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var pairs)
                    && pairs <= record.Fields.Count
                    ? at + 2 + (2 * pairs)
                    : throw Fault("The distribution of funds (D) has no number.", record);
            default:
                return at + 1;
        }
    }

    private static bool IsCredit(Bai2Record record, Money amount) =>
        int.TryParse(record.Field(1), NumberStyles.None, CultureInfo.InvariantCulture, out var type)
            ? type switch
            {
                >= 100 and <= 399 => true,
                >= 400 and <= 699 => false,
                _ when amount.IsZero => true,
                _ => throw Fault($"The type code {type} says neither credit (100–399) nor debit (400–699).", record),
            }
            : throw Fault($"'{AmountText.Shown(record.Field(1))}' is not a type code: three digits.", record);

    // Whole minor units, without a point, perhaps with a sign.
    private Money Amount(Bai2Record record, string text)
    {
        var digits = text.AsSpan().Trim();
        var isNegative = digits is ['-', ..];
        if (digits is ['+' or '-', ..])
            digits = digits[1..];
        return long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var units)
            ? new Money(isNegative ? -units : units, currency)
            : throw Fault($"'{AmountText.Shown(text)}' is not an amount: digits without a point.", record);
    }

    private static DateOnly Day(Bai2Record record, string text) =>
        DateOnly.TryParseExact(
            "20" + text.Trim(),
            "yyyyMMdd",
            CultureInfo.InvariantCulture,
            DateTimeStyles.None,
            out var day
        )
            ? day
            : throw Fault($"'{AmountText.Shown(text)}' is not a day; write it as YYMMDD.", record);

    private static StatementFaultException Fault(string problem, Bai2Record record) =>
        new(problem, record.Line, record.Code);
}
