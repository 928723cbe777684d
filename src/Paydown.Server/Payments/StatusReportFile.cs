using System.Text;
using System.Xml;
using System.Xml.Linq;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;

namespace Paydown.Server.Payments;

/// <summary>
/// Reads an ISO 20022 message <c>pain.002.001</c> of any version, which reports the status of a batch. The file comes
/// from outside: document types are refused, nothing is fetched, and size and depth are limited.
/// </summary>
public static class StatusReportFile
{
    /// <summary>The size limit in bytes; a report of 10,000 transfers has about 6 MiB.</summary>
    public const long BytesMax = 16 * 1024 * 1024;

    private const int DepthMax = 32;
    private const int ReasonLengthMax = 300;
    private const string NamespacePrefix = "urn:iso:std:iso:20022:tech:xsd:pain.002.001.";

    // From the external code set of ISO 20022: the reasons that a customer can act on.
    private static readonly Dictionary<string, string> Reasons = new(StringComparer.Ordinal)
    {
        ["AC01"] = "The account number is wrong.",
        ["AC03"] = "The account number is wrong.",
        ["AC04"] = "The account is closed.",
        ["AC06"] = "The account is blocked.",
        ["AG01"] = "The account cannot receive transfers.",
        ["BE01"] = "The name does not match the account.",
        ["MD07"] = "The account holder has died.",
        ["RC01"] = "The bank code is wrong.",
    };

    /// <summary>Returns the statuses in the report.</summary>
    /// <exception cref="FormatException">The report cannot be read; the message says why.</exception>
    public static IReadOnlyList<PaymentStatus> Read(Stream file)
    {
        try
        {
            return Read(Load(file));
        }
        catch (XmlException exception)
        {
            throw new FormatException($"The file is not valid XML: {exception.Message}", exception);
        }
    }

    private static XElement Load(Stream file)
    {
        using (var reader = Open(file))
        {
            while (reader.Read())
            {
                if (reader.Depth > DepthMax)
                    throw new FormatException($"The file is nested more than {DepthMax} levels deep.");
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
            throw new FormatException($"The namespace is {root.Name.NamespaceName}, but must be that of pain.002.001.");
        var report = One(root, "CstmrPmtStsRpt");
        var group = One(report, "OrgnlGrpInfAndSts");
        var messageId = One(group, "OrgnlMsgId").Value.Trim();
        if (!PaymentBatch.TryParse(messageId, out var batchId))
            throw new FormatException($"OrgnlMsgId is {messageId}, which is not a batch of this server.");

        var payments = All(report, "OrgnlPmtInfAndSts").ToList();
        var transfers = payments.SelectMany(payment => All(payment, "TxInfAndSts")).ToList();
        if (transfers.Count > 0)
            return transfers.ConvertAll(transfer => OfTransfer(batchId, transfer));
        var whole = payments
            .Append(group)
            .Select(part => (Part: part, Code: TextOf(part, "PmtInfSts") ?? TextOf(part, "GrpSts")))
            .FirstOrDefault(status => status.Code is not null);
        return whole.Code is null
            ? throw new FormatException("The report has no status, neither of a transfer nor of the batch.")
            : [Status(batchId, null, whole.Code, whole.Part)];
    }

    private static PaymentStatus OfTransfer(PaymentBatchId batchId, XElement transfer)
    {
        var reference = One(transfer, "OrgnlEndToEndId").Value.Trim();
        return TransferReference.TryParse(reference, out var id)
            ? Status(batchId, id, One(transfer, "TxSts").Value.Trim(), transfer)
            : throw new FormatException($"OrgnlEndToEndId is {reference}, which is not a transfer of this server.");
    }

    private static PaymentStatus Status(PaymentBatchId batchId, TransferId? transferId, string code, XElement of)
    {
        var status = code switch
        {
            "ACSC" or "ACCC" => TransferStatus.Completed,
            "RJCT" or "CANC" => TransferStatus.Failed,
            "RCVD" or "PDNG" or "PATC" or "ACTC" or "ACCP" or "ACFC" or "ACSP" or "ACWC" or "PART" =>
                TransferStatus.Processing,
            _ => throw new FormatException($"The status {code} is unknown."),
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

    // Customers see this text, so it is one line of limited length.
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
