using System.Globalization;
using System.Text;
using System.Xml.Linq;

namespace Paydown.Server.Tests.Statements;

/// <summary>An entry of a bank statement that a test makes up.</summary>
/// <param name="Amount">In major units: positive for money in, negative for money out.</param>
/// <param name="Reference">The structured creditor reference; null for none.</param>
/// <param name="Text">The remittance text; null for none.</param>
internal sealed record TestEntry(decimal Amount, string? Reference = null, string? Text = null)
{
    /// <summary>The booking and value date; null for the day of the statement.</summary>
    public DateOnly? On { get; init; }

    public string? BankReference { get; init; }

    public string? EndToEndId { get; init; }

    public string? PayerName { get; init; }

    public string? PayerAccount { get; init; }

    public bool IsPending { get; init; }

    public bool IsReversal { get; init; }

    /// <summary>Why it comes back, as an ISO 20022 code; null for what does not come back.</summary>
    public string? ReturnReason { get; init; }
}

/// <summary>A bank statement as a file of camt.053.001.08.</summary>
internal sealed record TestStatement(DateOnly On, params IReadOnlyList<TestEntry> Entries)
{
    private static readonly XNamespace Camt = "urn:iso:std:iso:20022:tech:xsd:camt.053.001.08";

    public string Account { get; init; } = "0000014579";

    public string Currency { get; init; } = "NGN";

    public decimal Opening { get; init; } = 1_000;

    /// <summary>What the closing balance is wrong by.</summary>
    public decimal Error { get; init; }

    /// <summary>True for a camt.054, a notification of single entries.</summary>
    public bool IsNotification { get; init; }

    /// <summary>The file.</summary>
    public byte[] ToFile() => Encoding.UTF8.GetBytes(IsNotification ? AsNotification(Write()) : Write());

    private static string AsNotification(string statement) =>
        statement
            .Replace("camt.053", "camt.054", StringComparison.Ordinal)
            .Replace("BkToCstmrStmt>", "BkToCstmrDbtCdtNtfctn>", StringComparison.Ordinal)
            .Replace("Stmt>", "Ntfctn>", StringComparison.Ordinal);

    private string Write()
    {
        var closing = Opening + Entries.Where(entry => !entry.IsPending).Sum(entry => entry.Amount) + Error;
        var statement = Element(
            "Stmt",
            Element("Id", $"S-{On:yyyyMMdd}"),
            Element("CreDtTm", $"{On:yyyy-MM-dd}T20:00:00Z"),
            Element("Acct", Element("Id", Element("Othr", Element("Id", Account))), Element("Ccy", Currency)),
            Balance("OPBD", Opening),
            Balance("CLBD", closing),
            Entries.Select(EntryOf)
        );
        var document = Element(
            "Document",
            Element(
                "BkToCstmrStmt",
                Element("GrpHdr", Element("MsgId", "M"), Element("CreDtTm", $"{On:yyyy-MM-dd}T20:00:00Z")),
                statement
            )
        );
        return $"<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{document}";
    }

    private XElement EntryOf(TestEntry entry)
    {
        var day = Element("Dt", $"{entry.On ?? On:yyyy-MM-dd}");
        return Element(
            "Ntry",
            AmountOf(entry.Amount),
            SideOf(entry.Amount),
            entry.IsReversal ? Element("RvslInd", "true") : null,
            Element("Sts", Element("Cd", entry.IsPending ? "PDNG" : "BOOK")),
            Element("BookgDt", day),
            Element("ValDt", day),
            entry.BankReference is null ? null : Element("AcctSvcrRef", entry.BankReference),
            Element(
                "BkTxCd",
                Element(
                    "Domn",
                    Element("Cd", "PMNT"),
                    Element("Fmly", Element("Cd", "RCDT"), Element("SubFmlyCd", "ESCT"))
                )
            ),
            Element(
                "NtryDtls",
                Element(
                    "TxDtls",
                    entry.EndToEndId is null ? null : Element("Refs", Element("EndToEndId", entry.EndToEndId)),
                    entry.PayerName is null && entry.PayerAccount is null
                        ? null
                        : Element(
                            "RltdPties",
                            entry.PayerName is null
                                ? null
                                : Element(
                                    entry.Amount < 0 ? "Cdtr" : "Dbtr",
                                    Element("Pty", Element("Nm", entry.PayerName))
                                ),
                            entry.PayerAccount is null
                                ? null
                                : Element(
                                    entry.Amount < 0 ? "CdtrAcct" : "DbtrAcct",
                                    Element("Id", Element("Othr", Element("Id", entry.PayerAccount)))
                                )
                        ),
                    Element(
                        "RmtInf",
                        entry.Text is null ? null : Element("Ustrd", entry.Text),
                        entry.Reference is null
                            ? null
                            : Element("Strd", Element("CdtrRefInf", Element("Ref", entry.Reference)))
                    ),
                    entry.ReturnReason is null
                        ? null
                        : Element("RtrInf", Element("Rsn", Element("Cd", entry.ReturnReason)))
                )
            )
        );
    }

    private XElement Balance(string code, decimal amount) =>
        Element(
            "Bal",
            Element("Tp", Element("CdOrPrtry", Element("Cd", code))),
            AmountOf(amount),
            SideOf(amount),
            Element("Dt", Element("Dt", $"{On:yyyy-MM-dd}"))
        );

    private XElement AmountOf(decimal amount) =>
        Element("Amt", new XAttribute("Ccy", Currency), Math.Abs(amount).ToString("F2", CultureInfo.InvariantCulture));

    private static XElement SideOf(decimal amount) => Element("CdtDbtInd", amount < 0 ? "DBIT" : "CRDT");

    private static XElement Element(string name, params IReadOnlyList<object?> content) => new(Camt + name, content);
}
