using System.Text;
using System.Xml;
using System.Xml.Linq;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Payments;

/// <summary>
/// Reads an ISO 20022 message <c>pain.002.001</c> of any version, the report of what became of a batch. The file comes
/// from outside: no document type is read, nothing it names is fetched, and size and depth are limited.
/// </summary>
public static class StatusReportFile
{
    /// <summary>Larger files are not read; a report of 10,000 transfers has about 6 MiB.</summary>
    public const long BytesMax = 16 * 1024 * 1024;

    private const int DepthMax = 32;
    private const int ReasonLengthMax = 300;
    private const string NamespacePrefix = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.";

    // The external code set of ISO 20022: the reasons that a customer can do something about.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["AC01"] = "The account number is not right.",
        ["AC03"] = "The account number is not right.",
        ["AC04"] = "The account is closed.",
        ["AC06"] = "The account is blocked.",
        ["AG01"] = "The account may not receive transfers.",
        ["BE01"] = "The name is not that of the account.",
        ["MD07"] = "The account's holder has died.",
        ["RC01"] = "The bank code is not right.",
    };

    /// <summary>What the report says.</summary>
    /// <exception cref="FormatException">It cannot be read; the message says why.</exception>
    public static IReadOnlyList<PaymentStatus> Read(Stream file)
    {
        try
        {
            return Read(Load(file));
        }
        catch (XmlException exception)
        {
            throw new FormatException($"It is no XML that is read here: {exception.Message}", exception);
        }
    }

    private static XElement Load(Stream file)
    {
        using (var reader = Open(file))
        {
            while (reader.Read())
            {
                if (reader.Depth > DepthMax)
                    throw new FormatException($"It is nested more than {DepthMax} deep.");
            }
        }

        file.Position = 0;
        using var again = Open(file);
        return XDocument.Load(again).Root!;
    }

    private static XmlReader Open(Stream file) =>
        XmlReader.Create(
            file,
            new XmlReaderSettings
            {
                DtdProcessing = DtdProcessing.Prohibit,
                XmlResolver = null,
                MaxCharactersInDocument = BytesMax,
                IgnoreComments = true,
                IgnoreProcessingInstructions = true,
                CloseInput = false,
            }
        );

    private static List<PaymentStatus> Read(XElement root)
    {
        if (!root.Name.NamespaceName.StartsWith(NamespacePrefix, StringComparison.Ordinal))
            throw new FormatException($"Its namespace {root.Name.NamespaceName} is not that of pain.002.001.");
        var report = One(root, "CstmrPmtStsRpt");
        var group = One(report, "OrgnlGrpInfAndSts");
        var messageId = One(group, "OrgnlMsgId").Value.Trim();
        if (!PaymentBatch.TryParse(messageId, out var batchId))
            throw new FormatException($"OrgnlMsgId is {messageId}, which is no batch of this server.");

        var payments = All(report, "OrgnlPmtInfAndSts").ToList();
        var transfers = payments.SelectMany(payment => All(payment, "TxInfAndSts")).ToList();
        if (transfers.Count > 0)
            return transfers.ConvertAll(transfer => OfTransfer(batchId, transfer));
        var whole = payments
            .Append(group)
            .Select(part => (Part: part, Code: TextOf(part, "PmtInfSts") ?? TextOf(part, "GrpSts")))
            .FirstOrDefault(status => status.Code is not null);
        return whole.Code is null
            ? throw new FormatException("It says of no transfer and not of the batch where it stands.")
            : [Status(batchId, null, whole.Code, whole.Part)];
    }

    private static PaymentStatus OfTransfer(Guid batchId, XElement transfer)
    {
        var reference = One(transfer, "OrgnlEndToEndId").Value.Trim();
        return TransferReference.TryParse(reference, out var id)
            ? Status(batchId, id, One(transfer, "TxSts").Value.Trim(), transfer)
            : throw new FormatException($"OrgnlEndToEndId is {reference}, which is no transfer of this server.");
    }

    private static PaymentStatus Status(Guid batchId, Guid? transferId, string code, XElement of)
    {
        var status = code switch
        {
            "ACSC" or "ACCC" => TransferStatus.Completed,
            "RJCT" or "CANC" => TransferStatus.Failed,
            "RCVD" or "PDNG" or "PATC" or "ACTC" or "ACCP" or "ACFC" or "ACSP" or "ACWC" or "PART" =>
                TransferStatus.Processing,
            _ => throw new FormatException($"The status {code} is not known."),
        };
        return new PaymentStatus(batchId, transferId, status, status == TransferStatus.Failed ? ReasonOf(of) : null);
    }

    private static string ReasonOf(XElement of)
    {
        var reason = All(of, "StsRsnInf").FirstOrDefault();
        var kind = reason is null ? null : All(reason, "Rsn").FirstOrDefault();
        var code = kind is null ? null : TextOf(kind, "Cd") ?? TextOf(kind, "Prtry");
        var words = reason is null ? "" : string.Join(' ', All(reason, "AddtlInf").Select(part => part.Value.Trim()));
        var text =
            code is not null && Reasons.TryGetValue(code, out var known) ? known
            : words.Length > 0 ? words
            : $"The bank refused the transfer{(code is null ? "" : $" ({code})")}.";
        return Plain(text);
    }

    // It is shown to customers: on one line, and no longer than a sentence or two.
    private static string Plain(string text)
    {
        var plain = new StringBuilder();
        foreach (var rune in text.EnumerateRunes().Take(ReasonLengthMax))
            plain.Append(Rune.IsControl(rune) ? " " : rune.ToString());
        return plain.ToString();
    }

    private static XElement One(XElement of, string name) =>
        All(of, name).FirstOrDefault() ?? throw new FormatException($"{of.Name.LocalName} has no {name}.");

    private static IEnumerable<XElement> All(XElement of, string name) => of.Elements(of.Name.Namespace + name);

    private static string? TextOf(XElement of, string name) => All(of, name).FirstOrDefault()?.Value.Trim();
}
