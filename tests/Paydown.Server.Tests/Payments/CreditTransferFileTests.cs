using System.Globalization;
using System.Text.RegularExpressions;
using System.Xml.Linq;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Payments;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Payments;

/// <summary>
/// Holds the messages to the rules of the schema of <c>pain.001.001.09</c>, as far as they concern the elements that
/// are written: their order, which of them must be there, the lengths and forms of their texts.
/// </summary>
public sealed class CreditTransferFileTests
{
    private const string Text35 = @"^.{1,35}$";
    private const string Text140 = @"^.{1,140}$";
    private const string Amount = @"^(?=[\d.]{1,19}$)\d+(\.\d{1,5})?$";

    // The children of each element in the order of the schema; one with ? may be missing, one with + may be repeated.
    private static readonly Dictionary<string, string> Children = new()
    {
        ["Document"] = "CstmrCdtTrfInitn",
        ["CstmrCdtTrfInitn"] = "GrpHdr PmtInf+",
        ["GrpHdr"] = "MsgId CreDtTm NbOfTxs CtrlSum? InitgPty",
        ["InitgPty"] = "Nm?",
        ["PmtInf"] =
            "PmtInfId PmtMtd BtchBookg? NbOfTxs? CtrlSum? PmtTpInf? ReqdExctnDt PoolgAdjstmntDt? Dbtr DbtrAcct DbtrAgt "
            + "DbtrAgtAcct? InstrForDbtrAgt? UltmtDbtr? ChrgBr? ChrgsAcct? ChrgsAcctAgt? CdtTrfTxInf+",
        ["ReqdExctnDt"] = "Dt",
        ["Dbtr"] = "Nm?",
        ["DbtrAcct"] = "Id Ccy? Nm?",
        ["DbtrAgt"] = "FinInstnId",
        ["FinInstnId"] = "BICFI? ClrSysMmbId?",
        ["ClrSysMmbId"] = "ClrSysId? MmbId",
        ["CdtTrfTxInf"] =
            "PmtId PmtTpInf? Amt XchgRateInf? ChrgBr? UltmtDbtr? CdtrAgt? CdtrAgtAcct? Cdtr? CdtrAcct? UltmtCdtr? "
            + "InstrForCdtrAgt? InstrForDbtrAgt? Purp? RmtInf?",
        ["PmtId"] = "InstrId? EndToEndId",
        ["Amt"] = "InstdAmt",
        ["CdtrAgt"] = "FinInstnId",
        ["Cdtr"] = "Nm?",
        ["CdtrAcct"] = "Id",
        ["Id"] = "Othr",
        ["Othr"] = "Id SchmeNm?",
        ["SchmeNm"] = "Cd",
        ["RmtInf"] = "Ustrd?",
    };

    private static readonly Dictionary<string, string> Texts = new()
    {
        ["MsgId"] = Text35,
        ["PmtInfId"] = Text35,
        ["EndToEndId"] = Text35,
        ["MmbId"] = Text35,
        ["CreDtTm"] = @"^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$",
        ["Dt"] = @"^\d{4}-\d\d-\d\d$",
        ["NbOfTxs"] = @"^\d{1,15}$",
        ["CtrlSum"] = Amount,
        ["InstdAmt"] = Amount,
        ["PmtMtd"] = "^TRF$",
        ["ChrgBr"] = "^(DEBT|CRED|SHAR|SLEV)$",
        ["Ccy"] = "^[A-Z]{3}$",
        ["Cd"] = "^.{1,4}$",
        ["Id"] = "^.{1,34}$",
        ["Nm"] = Text140,
        ["Ustrd"] = Text140,
    };

    public static TheoryData<string> Descriptions =>
        [
            "",
            "  ",
            "\u0001\u0007",
            "\t \u0085",
            " May rent ",
            "Rent & <more> \"quoted\" ]]>",
            "a\u0000b\u000Bc\u001Fd\u007Fe\uFFFEf\uD800g",
            new string('x', 139) + "😀",
            new string('x', 500),
            string.Concat(Enumerable.Repeat("ọ́ 日本 😀 ", 40)),
        ];

    [Theory]
    [MemberData(nameof(Descriptions))]
    public void A_message_keeps_the_rules_of_the_schema(string description)
    {
        var document = XDocument.Parse(System.Text.Encoding.UTF8.GetString(Write(description)).TrimStart('\uFEFF'));
        ShouldKeepRules(document.Root!);
        var names = document.Descendants().Select(element => element.Name.LocalName).ToList();
        names.Count(name => name == "CdtTrfTxInf").ShouldBe(2);
        names.Count(name => name is "RmtInf" or "Ustrd").ShouldBeOneOf(0, 4);
    }

    [Theory]
    [InlineData("  ")]
    [InlineData("\u0001\u0007")]
    [InlineData(null)]
    public void A_description_without_a_letter_is_left_out(string? description) =>
        System.Text.Encoding.UTF8.GetString(Write(description)).ShouldNotContain("RmtInf");

    private static byte[] Write(string? description)
    {
        var currency = Currency.Get("NGN");
        PaymentOrder Order(int number, long kobo) =>
            new(
                new TransferId(new Guid(number, 0, 0, new byte[8])),
                new Money(kobo, currency),
                "0123456785",
                new string('N', 200),
                "058",
                description
            );
        return CreditTransferFile.Write(
            new PaymentBatch(
                new PaymentBatchId(new Guid(7, 0, 0, new byte[8])),
                new PaymentDebtor("Example \u0002 Lender & Sons", "1000000018", "057"),
                new DateTimeOffset(2026, 1, 12, 9, 30, 0, TimeSpan.Zero),
                new DateOnly(2026, 1, 12),
                [Order(1, 1), Order(2, long.MaxValue / 100)]
            )
        );
    }

    private static void ShouldKeepRules(XElement element)
    {
        element.Name.NamespaceName.ShouldBe("urn:iso:std:iso:20022:tech:xsd:pain.001.001.09");
        var name = element.Name.LocalName;
        var children = element.Elements().ToList();
        if (children.Count == 0)
        {
            Regex.IsMatch(element.Value, Texts[name], RegexOptions.Singleline).ShouldBeTrue($"{name}: {element.Value}");
            element.Value.ShouldBe(element.Value.Trim());
            element.Value.ShouldAllBe(c => !char.IsControl(c));
            return;
        }

        var order = string.Join(
            "",
            Children[name]
                .Split(' ')
                .Select(child => $"({child.TrimEnd('?', '+')} ){(child[^1] is '?' or '+' ? child[^1].ToString() : "")}")
        );
        var found = string.Concat(children.Select(child => $"{child.Name.LocalName} "));
        Regex
            .IsMatch(found, $"^{order}$")
            .ShouldBeTrue(string.Create(CultureInfo.InvariantCulture, $"{name}: {found}"));
        foreach (var child in children)
            ShouldKeepRules(child);
    }
}
