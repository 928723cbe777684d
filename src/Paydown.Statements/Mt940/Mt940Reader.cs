using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Mt940;

/// <summary>
/// Reads MT940: a statement begins with its opening balance (:60F:) and ends with its closing balance (:62F:). Pages
/// with intermediate balances (:60M:, :62M:) make one statement.
/// </summary>
internal sealed class Mt940Reader(TextLines lines, StatementReading reading)
{
    private const string Format = "MT940";

    private readonly Mt940Fields fields = new(lines);
    private string? stated;
    private string? number;
    private bool isOpen;
    private string? account;
    private StatementBalance opening;
    private StatementBalance? closing;
    private bool isPage;
    private BalanceTally tally = new();
    private Mt940Entry? entry;

    /// <summary>True if the beginning of a file looks like MT940.</summary>
    public static bool Reads(string head)
    {
        foreach (var line in head.AsSpan().EnumerateLines())
        {
            var bare = line.Trim("\u0001\u0003\0\uFEFF ");
            if (
                bare.StartsWith("{1:F")
                || bare.StartsWith(":940:")
                || bare.StartsWith(":20:")
                || bare.StartsWith(":25:")
            )
                return true;
        }

        return false;
    }

    public IEnumerable<StatementItem> Items()
    {
        var statements = 0;
        while (fields.Next() is { } field)
        {
            // A statement that has its closing balance ends where the next one begins.
            if (field.Tag is "60F" or "60M")
            {
                foreach (var item in Open(field))
                    yield return item;
                statements++;
                continue;
            }

            if (Take(field) is { } read)
                yield return read;
        }

        if (statements == 0)
            throw new StatementFaultException("The file has no opening balance (:60F:); it is no MT940 statement.");
        if (closing is null)
            throw MissingClosing(fields.Number, "The file");
        yield return Close();
    }

    private IEnumerable<StatementItem> Open(Mt940Field field)
    {
        if (isOpen && closing is null)
            throw MissingClosing(field.Number, "The statement before");
        var balance = Mt940Values.Balance(field);
        var currency = balance.Amount.Currency;
        var own = OwnAccount.Check(WithoutCurrency(stated, currency), reading, field.Number);
        if (isOpen && isPage && field.Tag == "60M" && own == account && currency == opening.Amount.Currency)
        {
            closing = null;
            yield break;
        }

        if (isOpen)
            yield return Close();
        if (reading.Currency is { } given && given != currency)
            throw Mt940Values.Fault($"The account is in {currency}, not in {given} as given.", field);
        (isOpen, account, opening, closing, tally) = (true, own, balance, null, new BalanceTally());
        yield return new StatementOpened(account, currency, number, Format);
    }

    private EntryRead? Take(Mt940Field field)
    {
        // Other fields may stand between an entry and its text.
        var before = field.Tag is "20" or "25" or "25P" or "61" or "62F" or "62M" or Mt940Field.End ? Finished() : null;
        switch (field.Tag)
        {
            case "20":
                (stated, number) = (null, Clean.Text(field.First));
                break;
            case "25" or "25P":
                stated = Clean.Text(field.First);
                break;
            case "28" or "28C":
                number = Clean.Text(field.First) ?? number;
                break;
            case "61":
                Begin(field);
                break;
            case "86":
                // After the closing balance it belongs to the statement, not to an entry.
                entry?.AddText(field.Lines);
                break;
            case "62F" or "62M":
                CloseAt(field);
                break;
            case Mt940Field.End when isOpen && closing is null:
                throw MissingClosing(field.Number, "The message");
            default:
                break;
        }

        return before;
    }

    private EntryRead? Finished()
    {
        if (entry is null)
            return null;
        var finished = entry.Finish();
        entry = null;
        return tally.Count(finished);
    }

    private void Begin(Mt940Field field)
    {
        if (!isOpen || closing is not null)
            throw Mt940Values.Fault("The entry stands outside of a statement: after :62F: or before :60F:.", field);
        entry = Mt940Entry.Read(field, opening.Amount.Currency);
    }

    private void CloseAt(Mt940Field field)
    {
        if (!isOpen || closing is not null)
            throw Mt940Values.Fault("The closing balance has no opening balance (:60F:) before it.", field);
        var balance = Mt940Values.Balance(field);
        if (balance.Amount.Currency != opening.Amount.Currency)
            throw Mt940Values.Fault(
                $"The closing balance is in {balance.Amount.Currency}, the opening one in {opening.Amount.Currency}.",
                field
            );
        (closing, isPage) = (balance, field.Tag == "62M");
    }

    private StatementClosed Close() => tally.Close(opening, closing);

    private static StatementFaultException MissingClosing(int line, string what) =>
        new($"{what} ends without a closing balance (:62F:); it may be cut. Download it again.", line);

    // Some banks write the currency behind the account, others a slash before it.
    private static string? WithoutCurrency(string? account, Currency currency)
    {
        var bare = account?.Trim('/');
        return bare?.Length > currency.Code.Length && bare.EndsWith(currency.Code, StringComparison.Ordinal)
            ? Clean.Text(bare[..^currency.Code.Length].TrimEnd('/'))
            : Clean.Text(bare);
    }
}
