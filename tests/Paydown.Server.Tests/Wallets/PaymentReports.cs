namespace Paydown.Server.Tests.Wallets;

/// <summary>Status reports as a bank writes them.</summary>
internal static class PaymentReports
{
    public static string OfTransfer(string messageId, string reference, string status, string? reason = null) =>
        Document(
            $"<OrgnlGrpInfAndSts><OrgnlMsgId>{messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
                + "</OrgnlGrpInfAndSts>"
                + $"<OrgnlPmtInfAndSts><OrgnlPmtInfId>{messageId}</OrgnlPmtInfId><TxInfAndSts>"
                + $"<OrgnlEndToEndId>{reference}</OrgnlEndToEndId><TxSts>{status}</TxSts>"
                + (reason is null ? "" : $"<StsRsnInf><Rsn><Cd>{reason}</Cd></Rsn></StsRsnInf>")
                + "</TxInfAndSts></OrgnlPmtInfAndSts>"
        );

    public static string OfBatch(string messageId, string status) =>
        Document(
            $"<OrgnlGrpInfAndSts><OrgnlMsgId>{messageId}</OrgnlMsgId><OrgnlMsgNmId>pain.001.001.09</OrgnlMsgNmId>"
                + $"<GrpSts>{status}</GrpSts></OrgnlGrpInfAndSts>"
        );

    public static string Document(string inner) =>
        "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:pain.002.001.10\"><CstmrPmtStsRpt>"
        + $"<GrpHdr><MsgId>1</MsgId></GrpHdr>{inner}</CstmrPmtStsRpt></Document>";
}
