using System.Globalization;
using System.Text;
using System.Xml;
using System.Xml.Linq;
using Paydown.Lending.Amounts;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Payments;

/// <summary>
/// Writes a batch as an ISO 20022 message <c>pain.001.001.09</c>, which initiates credit transfers. The same batch
/// always gives the same bytes.
/// </summary>
public static class CreditTransferFile
{
    private const int NameLengthMax = 140;
    private const int RemittanceLengthMax = 140;

    private static readonly XNamespace Pain = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    private static readonly XmlWriterSettings Settings = new()
    {
        Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false),
        Indent = true,
        NewLineChars = "\n",
    };

    /// <summary>Returns the bytes of the message.</summary>
    public static byte[] Write(PaymentBatch batch)
    {
        var document = new XDocument(
            new XElement(Pain + "Document", new XElement(Pain + "CstmrCdtTrfInitn", Header(batch), Payment(batch)))
        );
        using var bytes = new MemoryStream();
        using (var writer = XmlWriter.Create(bytes, Settings))
            document.Save(writer);
        return bytes.ToArray();
    }

    private static XElement Header(PaymentBatch batch) =>
        Element(
            "GrpHdr",
            Element("MsgId", batch.MessageId),
            Element("CreDtTm", batch.MadeAt.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'")),
            Element("NbOfTxs", batch.Orders.Count.ToString(CultureInfo.InvariantCulture)),
            Element("CtrlSum", Text(SumOf(batch))),
            Element("InitgPty", Element("Nm", Clip(batch.Debtor.Name, NameLengthMax)))
        );

    private static XElement Payment(PaymentBatch batch) =>
        Element(
            "PmtInf",
            [
                Element("PmtInfId", batch.MessageId),
                Element("PmtMtd", "TRF"),
                Element("NbOfTxs", batch.Orders.Count.ToString(CultureInfo.InvariantCulture)),
                Element("CtrlSum", Text(SumOf(batch))),
                Element("ReqdExctnDt", Element("Dt", batch.PayOn.ToString("yyyy-MM-dd"))),
                Element("Dbtr", Element("Nm", Clip(batch.Debtor.Name, NameLengthMax))),
                Element("DbtrAcct", AccountId(batch.Debtor.AccountNumber), Element("Ccy", CurrencyOf(batch).Code)),
                Element("DbtrAgt", Agent(batch.Debtor.BankCode)),
                Element("ChrgBr", "DEBT"),
                .. batch.Orders.Select(Transfer),
            ]
        );

    private static XElement Transfer(PaymentOrder order) =>
        Element(
            "CdtTrfTxInf",
            [
                Element("PmtId", Element("EndToEndId", TransferReference.Of(order.TransferId))),
                Element(
                    "Amt",
                    Element("InstdAmt", new XAttribute("Ccy", order.Amount.Currency.Code), Text(order.Amount))
                ),
                Element("CdtrAgt", Agent(order.BankCode)),
                Element("Cdtr", Element("Nm", Clip(order.AccountName, NameLengthMax))),
                Element("CdtrAcct", AccountId(order.AccountNumber)),
                // A bank may refuse an element without a text.
                .. Clip(order.Description ?? "", RemittanceLengthMax) is { Length: > 0 } text
                    ? [Element("RmtInf", Element("Ustrd", text))]
                    : Array.Empty<XElement>(),
            ]
        );

    private static XElement AccountId(string number) =>
        Element("Id", Element("Othr", Element("Id", number), Element("SchmeNm", Element("Cd", "BBAN"))));

    private static XElement Agent(string bankCode) =>
        Element("FinInstnId", Element("ClrSysMmbId", Element("MmbId", bankCode)));

    private static Currency CurrencyOf(PaymentBatch batch) => batch.Orders[0].Amount.Currency;

    private static Money SumOf(PaymentBatch batch) =>
        batch.Orders.Aggregate(Money.Zero(CurrencyOf(batch)), (sum, order) => sum + order.Amount);

    private static string Text(Money money) =>
        money.Major.ToString("F" + money.Currency.FractionDigits, CultureInfo.InvariantCulture);

    // Drops control characters and those that XML cannot hold, and spaces at the ends. Never splits a surrogate pair.
    private static string Clip(string text, int lengthMax)
    {
        var kept = new StringBuilder();
        foreach (var rune in text.Trim().EnumerateRunes())
        {
            if (kept.Length + rune.Utf16SequenceLength > lengthMax)
                break;
            if (!Rune.IsControl(rune) && rune.Value is not (0xFFFE or 0xFFFF))
                kept.Append(rune.ToString());
        }

        return kept.ToString().Trim();
    }

    private static XElement Element(string name, params ReadOnlySpan<object> content)
    {
        var element = new XElement(Pain + name);
        foreach (var part in content)
            element.Add(part);
        return element;
    }
}
