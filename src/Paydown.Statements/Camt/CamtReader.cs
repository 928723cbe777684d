using System.Globalization;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Statements.Camt;

/// <summary>
/// Reads camt.052, camt.053 and camt.054 of any version by the names of their elements, one booking at a time.
/// </summary>
internal sealed class CamtReader(CamtElements elements, StatementReading reading)
{
    private const int DetailsMax = 100_000;

    private readonly CamtDetailReader details = new(elements);
    private CamtKind kind = null!;
    private string format = "";
    private string? account;
    private Currency? currency;
    private string? id;
    private bool isOpen;
    private CamtBalances balances = new();
    private BalanceTally tally = new();

    public IEnumerable<StatementItem> Items()
    {
        using (elements)
        {
            var documents = 0;
            while (elements.ToElement())
            {
                // A document may stand in an envelope.
                if (elements.Name != "Document")
                    continue;
                documents++;
                foreach (var item in Document())
                    yield return item;
            }

            if (documents == 0)
                throw new StatementFaultException($"The file has no element Document. {CamtKind.Known}");
        }
    }

    private IEnumerable<StatementItem> Document()
    {
        var found = elements.NamespaceOfElement;
        elements.Namespace = found;
        var (line, parent, containers) = (elements.Line, elements.Enter(), 0);
        if (!CamtKind.TryFormat(found, out var named))
            throw new StatementFaultException(
                $"The namespace is '{AmountText.Shown(found, 100)}'. {CamtKind.Known}",
                line,
                "Document"
            );
        while (elements.ToChild(parent))
        {
            if (CamtKind.Of(elements.Name) is not { } container)
            {
                elements.Skip();
                continue;
            }

            containers++;
            kind = container;
            format = named ?? kind.Format;
            if (!format.StartsWith(kind.Format, StringComparison.Ordinal))
                throw new StatementFaultException(
                    $"The namespace says {format}, but {kind.Container} is of {kind.Format}.",
                    elements.Line,
                    kind.Container
                );
            foreach (var item in Container())
                yield return item;
        }

        if (containers == 0)
            throw new StatementFaultException($"The document has no statements. {CamtKind.Known}", line, "Document");
    }

    private IEnumerable<StatementItem> Container()
    {
        var (line, parent, before) = (elements.Line, elements.Enter(), elements.Statement.Number);
        while (elements.ToChild(parent))
        {
            if (elements.Name != kind.Statement)
            {
                elements.Skip();
                continue;
            }

            foreach (var item in Statement())
                yield return item;
        }

        if (elements.Statement.Number == before)
            throw new StatementFaultException($"{kind.Container} has no {kind.Statement}.", line, kind.Container);
    }

    private IEnumerable<StatementItem> Statement()
    {
        elements.Statement = (kind.Statement, elements.Statement.Number + 1);
        (account, currency, id, isOpen) = (null, null, null, false);
        (balances, tally) = (new CamtBalances(), new BalanceTally());
        var entries = 0;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            switch (elements.Name)
            {
                case "Id":
                    id = elements.Text();
                    break;
                case "Acct":
                    ReadAccount();
                    break;
                case "Bal":
                    ReadBalance();
                    break;
                case "Ntry":
                    elements.EntryNumber = ++entries;
                    var entry = ReadEntry();
                    elements.EntryNumber = 0;
                    if (!isOpen)
                        yield return Opened();
                    isOpen = true;
                    foreach (var one in CamtBooking.Entries(entry, account, reading.Account))
                        yield return tally.Count(one);
                    break;
                default:
                    elements.Skip();
                    break;
            }
        }

        if (!isOpen)
            yield return Opened();
        yield return tally.Close(balances.Opening, balances.Closing);
    }

    private StatementOpened Opened() => new(account, currency, id, format);

    private void ReadAccount()
    {
        var line = elements.Line;
        if (isOpen)
            throw elements.Fault("Acct stands after the first Ntry; it must stand before it.", "Acct", line);
        var (number, code) = CamtValues.Account(elements);
        account = OwnAccount.Check(number, reading, line);
        if (code is not null)
            SetCurrency(code, line, "Acct/Ccy");
    }

    private void ReadBalance()
    {
        string? code = null;
        Money? amount = null;
        bool? isCredit = null;
        DateOnly? on = null;
        var line = elements.Line;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            switch (elements.Name)
            {
                case "Tp":
                    code = ReadBalanceType();
                    break;
                case "Amt":
                    amount = ReadOwnAmount("Bal/Amt");
                    break;
                case "CdtDbtInd":
                    isCredit = CamtValues.IsCredit(elements);
                    break;
                case "Dt":
                    on = CamtValues.Day(elements);
                    break;
                default:
                    elements.Skip();
                    break;
            }
        }

        if (amount is not { } stated || (isCredit is null && !stated.IsZero))
            throw elements.Fault("The balance needs Amt and CdtDbtInd.", "Bal", line);
        balances.Take(code, isCredit == false ? -stated : stated, on);
    }

    // Tp/CdOrPrtry/Cd.
    private string? ReadBalanceType()
    {
        string? code = null;
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name == "CdOrPrtry")
                code = ReadBalanceType();
            else if (elements.Name == "Cd")
                code = elements.Text();
            else
                elements.Skip();
        }

        return code;
    }

    private CamtEntry ReadEntry()
    {
        var entry = new CamtEntry { Line = elements.Line };
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            switch (elements.Name)
            {
                case "Amt":
                    entry.Amount = ReadOwnAmount("Amt");
                    break;
                case "CdtDbtInd":
                    entry.IsCredit = CamtValues.IsCredit(elements);
                    break;
                case "RvslInd":
                    entry.IsReversal = CamtValues.IsTrue(elements);
                    break;
                case "Sts":
                    entry.Status = CamtValues.Status(elements);
                    break;
                case "BookgDt":
                    entry.BookedOn = CamtValues.Day(elements);
                    break;
                case "ValDt":
                    entry.ValueOn = CamtValues.Day(elements);
                    break;
                case "AcctSvcrRef":
                    entry.BankReference = Clean.Reference(elements.Text());
                    break;
                case "BkTxCd":
                    entry.TransactionCode = CamtValues.TransactionCode(elements);
                    break;
                case "NtryDtls":
                    ReadDetails(entry);
                    break;
                case "AddtlNtryInf":
                    entry.Description = elements.Text();
                    break;
                default:
                    elements.Skip();
                    break;
            }
        }

        Check(entry);
        return entry;
    }

    private void Check(CamtEntry entry)
    {
        if (entry.Amount is null)
            throw elements.Fault("The entry has no amount (Amt).", "Amt", entry.Line);
        if (entry.IsCredit is null)
            throw elements.Fault("The entry has no side (CdtDbtInd): CRDT or DBIT.", "CdtDbtInd", entry.Line);
        if (entry.BookedOn is null && entry.ValueOn is null)
            throw elements.Fault("The entry has neither BookgDt nor ValDt.", "BookgDt", entry.Line);
        // Only a statement is certain to list bookings.
        entry.Status ??= kind.ListsBookings ? EntryStatus.Book : EntryStatus.Info;
    }

    private void ReadDetails(CamtEntry entry)
    {
        var parent = elements.Enter();
        while (elements.ToChild(parent))
        {
            if (elements.Name != "TxDtls")
            {
                elements.Skip();
                continue;
            }

            if (entry.Details.Count == DetailsMax)
                throw elements.Fault($"The booking has more than {DetailsMax} details.", "NtryDtls", elements.Line);
            entry.Details.Add(details.Read(ReadDetailAmount));
        }
    }

    // The first amount with a currency says the statement's, if the account does not.
    private Money ReadOwnAmount(string element)
    {
        var (line, code) = (elements.Line, elements.Attribute("Ccy"));
        if (code is not null || currency is null)
            SetCurrency(code, line, element);
        var problem = AmountText.Read(elements.Letters(), '.', currency!, out var amount);
        return problem is null ? amount : throw elements.Fault(problem, element, line);
    }

    private Money? ReadDetailAmount()
    {
        var (line, code) = (elements.Line, elements.Attribute("Ccy"));
        if (currency is null || (code is not null && code != currency.Code))
        {
            elements.Skip();
            return null;
        }

        var problem = AmountText.Read(elements.Letters(), '.', currency, out var amount);
        return problem is null ? amount : throw elements.Fault(problem, "NtryDtls/TxDtls/Amt", line);
    }

    private void SetCurrency(string? code, int line, string element)
    {
        if (code is not null && code == currency?.Code)
            return;
        var found =
            code is null ? reading.Currency
            : CurrencyCode.Find(code) is { } known ? known
            : throw elements.Fault(
                $"'{AmountText.Shown(code)}' is not a currency code: three upper-case letters.",
                element,
                line
            );
        if (found is null)
            throw elements.Fault("The amount has no currency (Ccy).", element, line);
        if (currency is not null && currency != found)
            throw elements.Fault($"The amount is in {found}, but the account is in {currency}.", element, line);
        if (reading.Currency is { } given && given != found)
            throw elements.Fault($"The account is in {found}, not in {given} as given.", element, line);
        currency = found;
    }
}
