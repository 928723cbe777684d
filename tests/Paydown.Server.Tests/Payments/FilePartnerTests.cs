using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Wallets;
using Paydown.Server.Payments;
using Paydown.Server.Tests.Wallets;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Payments;

public sealed class FilePartnerTests : IDisposable
{
    private static readonly Currency Naira = Currency.Get("NGN");
    private static readonly PaymentBatchId BatchId = new(Guid.Parse("0198c1f4-5b9a-7c3e-8d2f-00000000b001"));
    private static readonly TransferId TransferId = new(Guid.Parse("0198c1f4-5b9a-7c3e-8d2f-00000000f001"));

    // The batch below as a message.
    private const string Message = """
        <?xml version="1.0" encoding="utf-8"?>
        <Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.001.001.09">
          <CstmrCdtTrfInitn>
            <GrpHdr>
              <MsgId>PDN0198C1F45B9A7C3E8D2F00000000B001</MsgId>
              <CreDtTm>2026-01-12T09:30:00Z</CreDtTm>
              <NbOfTxs>1</NbOfTxs>
              <CtrlSum>90071992547409.93</CtrlSum>
              <InitgPty>
                <Nm>Example Lender</Nm>
              </InitgPty>
            </GrpHdr>
            <PmtInf>
              <PmtInfId>PDN0198C1F45B9A7C3E8D2F00000000B001</PmtInfId>
              <PmtMtd>TRF</PmtMtd>
              <NbOfTxs>1</NbOfTxs>
              <CtrlSum>90071992547409.93</CtrlSum>
              <ReqdExctnDt>
                <Dt>2026-01-12</Dt>
              </ReqdExctnDt>
              <Dbtr>
                <Nm>Example Lender</Nm>
              </Dbtr>
              <DbtrAcct>
                <Id>
                  <Othr>
                    <Id>1000000018</Id>
                    <SchmeNm>
                      <Cd>BBAN</Cd>
                    </SchmeNm>
                  </Othr>
                </Id>
                <Ccy>NGN</Ccy>
              </DbtrAcct>
              <DbtrAgt>
                <FinInstnId>
                  <ClrSysMmbId>
                    <MmbId>057</MmbId>
                  </ClrSysMmbId>
                </FinInstnId>
              </DbtrAgt>
              <ChrgBr>DEBT</ChrgBr>
              <CdtTrfTxInf>
                <PmtId>
                  <EndToEndId>TRF0198C1F45B9A7C3E8D2F00000000F001</EndToEndId>
                </PmtId>
                <Amt>
                  <InstdAmt Ccy="NGN">90071992547409.93</InstdAmt>
                </Amt>
                <CdtrAgt>
                  <FinInstnId>
                    <ClrSysMmbId>
                      <MmbId>058</MmbId>
                    </ClrSysMmbId>
                  </FinInstnId>
                </CdtrAgt>
                <Cdtr>
                  <Nm>Ada Éxample</Nm>
                </Cdtr>
                <CdtrAcct>
                  <Id>
                    <Othr>
                      <Id>0123456785</Id>
                      <SchmeNm>
                        <Cd>BBAN</Cd>
                      </SchmeNm>
                    </Othr>
                  </Id>
                </CdtrAcct>
                <RmtInf>
                  <Ustrd>Rent &amp; &lt;more&gt;</Ustrd>
                </RmtInf>
              </CdtTrfTxInf>
            </PmtInf>
          </CstmrCdtTrfInitn>
        </Document>
        """;

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("paydown-payments-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task A_batch_is_written_as_a_message_that_a_bank_can_read()
    {
        await Partner().SendAsync(Batch("Rent & <more>"), default);
        (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "out", $"{Batch(null).MessageId}.xml"))).ShouldBe(
            Message
        );
        folder.EnumerateFiles("out/*").ShouldHaveSingleItem();
    }

    [Theory]
    [InlineData("ACSC", TransferStatus.Completed)]
    [InlineData("ACCC", TransferStatus.Completed)]
    [InlineData("PDNG", TransferStatus.Processing)]
    [InlineData("ACSP", TransferStatus.Processing)]
    [InlineData("RJCT", TransferStatus.Failed)]
    public void A_report_returns_the_status_of_a_transfer(string code, TransferStatus status)
    {
        var read = Read(PaymentReports.OfTransfer(Batch(null).MessageId, TransferReference.Of(TransferId), code))
            .ShouldHaveSingleItem();
        (read.BatchId, read.TransferId, read.Status).ShouldBe((BatchId, TransferId, status));
        read.Reason.ShouldBe(status == TransferStatus.Failed ? "The bank refused the transfer." : null);
    }

    [Fact]
    public void A_report_of_single_transfers_leaves_the_others_of_its_batch_open()
    {
        var message = Batch(null).MessageId;
        var report = PaymentReports
            .OfTransfer(message, TransferReference.Of(TransferId), "RJCT")
            .Replace("</OrgnlMsgNmId>", "</OrgnlMsgNmId><GrpSts>PART</GrpSts>");
        report.ShouldContain("PART");
        var status = Read(report).ShouldHaveSingleItem();
        (status.TransferId, status.Status).ShouldBe((TransferId, TransferStatus.Failed));
    }

    [Fact]
    public void A_reason_code_becomes_words()
    {
        var (message, reference) = (Batch(null).MessageId, TransferReference.Of(TransferId));
        Read(PaymentReports.OfTransfer(message, reference, "RJCT", "AC04"))[0]
            .Reason.ShouldBe("The account is closed.");
        Read(PaymentReports.OfTransfer(message, reference, "RJCT", "ZZ99"))[0]
            .Reason.ShouldBe("The bank refused the transfer (ZZ99).");
        Read(
            PaymentReports
                .OfTransfer(message, reference, "RJCT", "ZZ99")
                .Replace("</StsRsnInf>", "<AddtlInf>Try\n tomorrow</AddtlInf></StsRsnInf>")
        )[0]
            .Reason.ShouldBe("Try  tomorrow");
    }

    public static TheoryData<string> Unreadable =>
        new(
            "",
            "not XML",
            "<Document/>",
            PaymentReports.Document(""),
            PaymentReports.OfBatch("SOMEBODY-ELSES", "ACSC"),
            PaymentReports.OfBatch(PaymentBatch.MessageIdOf(BatchId), "WHAT"),
            PaymentReports.OfTransfer(PaymentBatch.MessageIdOf(BatchId), "SOMEBODY-ELSES", "ACSC"),
            "<!DOCTYPE d [<!ENTITY e SYSTEM \"file:///etc/passwd\">]>" + PaymentReports.OfBatch("&e;", "ACSC"),
            "<!DOCTYPE d [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\">]>"
                + PaymentReports.OfBatch("&b;", "ACSC"),
            PaymentReports.Document(
                string.Concat(Enumerable.Repeat("<a>", 100_000)) + string.Concat(Enumerable.Repeat("</a>", 100_000))
            )
        );

    [Theory]
    [MemberData(nameof(Unreadable))]
    public async Task An_unreadable_report_is_rejected_with_the_reason(string text)
    {
        Write("report.xml", text);
        var reports = new List<PaymentReport>();
        await foreach (var report in Partner().CollectAsync(default))
            reports.Add(report);
        reports.ShouldBeEmpty();
        folder
            .EnumerateFiles("rejected/*")
            .Select(file => file.Name)
            .Order()
            .ShouldBe(["report.xml", "report.xml.reason.txt"]);
    }

    [Fact]
    public async Task A_report_that_is_too_large_is_rejected_unread()
    {
        var path = Write("report.xml", "<");
        await using (var file = new FileStream(path, FileMode.Open))
            file.SetLength(StatusReportFile.BytesMax + 1);
        await foreach (var report in Partner().CollectAsync(default))
            throw new InvalidOperationException(report.Name);
        (await File.ReadAllTextAsync(Path.Combine(folder.FullName, "rejected", "report.xml.reason.txt"))).ShouldContain(
            $"the limit is {StatusReportFile.BytesMax}"
        );
    }

    [Fact]
    public async Task An_unclosed_report_is_returned_again_and_a_repeated_file_name_overwrites_nothing()
    {
        for (var i = 0; i < 2; i++)
        {
            Write("report.xml", PaymentReports.OfBatch(Batch(null).MessageId, "ACSC"));
            foreach (var isClosed in new[] { false, true })
            {
                var count = 0;
                await foreach (var report in Partner().CollectAsync(default))
                {
                    count++;
                    if (isClosed)
                        await report.CloseAsync(null);
                }

                count.ShouldBe(1);
            }
        }

        folder.EnumerateFiles("done/*").Select(file => file.Name).Order().ShouldBe(["report.xml", "report.xml.2"]);
    }

    private FilePartner Partner() => new(folder.FullName, NullLogger<FilePartner>.Instance);

    private string Write(string name, string text)
    {
        var path = Path.Combine(folder.CreateSubdirectory("in").FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    private static IReadOnlyList<PaymentStatus> Read(string text)
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes(text));
        return StatusReportFile.Read(file);
    }

    // An amount that a double cannot represent.
    private static PaymentBatch Batch(string? description) =>
        new(
            BatchId,
            new PaymentDebtor("Example Lender", "1000000018", "057"),
            new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.Zero),
            new DateOnly(2026, 1, 12),
            [
                new PaymentOrder(
                    TransferId,
                    new Money(9_007_199_254_740_993, Naira),
                    "0123456785",
                    "Ada Éxample",
                    "058",
                    description
                ),
            ]
        );
}
