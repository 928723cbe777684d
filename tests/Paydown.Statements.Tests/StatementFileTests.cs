using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Lending.Statements;
using Paydown.Statements.Reading;
using Shouldly;
using Xunit;

namespace Paydown.Statements.Tests;

public sealed class StatementFileTests
{
    private const int EntryCount = 100_000;
    private const long MemoryMax = 32 * 1024 * 1024;

    private const string Small =
        ":20:X\n:25:DE50999900000012345678\n:28C:1\n:60F:C260309EUR0,00\n:61:260310C5,00NTRFNONREF\n:62F:C260310EUR5,00\n-\n";

    [Fact]
    public void A_file_of_another_account_or_currency_is_refused()
    {
        Statements.Read(Small, new StatementReading { Account = "de50 9999 0000 0012 3456 78" }).Count.ShouldBe(3);
        Should.Throw<StatementFaultException>(() => Statements.Read(Small, new StatementReading { Account = "17" }));
        var dollars = new StatementReading { Currency = Currency.Get("USD") };
        Should.Throw<StatementFaultException>(() => Statements.Read(Small, dollars)).Message.ShouldContain("EUR");
    }

    [Fact]
    public void Two_equal_entries_stay_two()
    {
        var twice = Small.Replace(
            ":61:260310C5,00NTRFNONREF\n",
            ":61:260310C2,50NTRFNONREF//1\n:61:260310C2,50NTRFNONREF//1\n"
        );
        var items = Statements.Read(twice);
        items.OfType<EntryRead>().Count().ShouldBe(2);
        items.OfType<StatementClosed>().Single().Balances.ShouldBe(BalanceCheck.AddUp);
    }

    [Fact]
    public void An_announced_entry_does_not_count_in_the_balance()
    {
        var announced = Small.Replace(":62F:", ":61:260310EC7,00NTRFNONREF\n:62F:");
        var items = Statements.Read(announced);
        items.OfType<EntryRead>().Last().Entry.Status.ShouldBe(EntryStatus.Pdng);
        items.OfType<StatementClosed>().Single().Balances.ShouldBe(BalanceCheck.AddUp);
    }

    [Fact]
    public void A_stream_that_cannot_seek_is_a_mistake_of_the_caller() =>
        Should.Throw<ArgumentException>(() => StatementFile.Read(new OneWay(), new StatementReading()).First());

    [Theory]
    [InlineData("camt")]
    [InlineData("mt940")]
    [InlineData("csv")]
    public void A_large_file_takes_no_more_memory_than_a_small_one(string format)
    {
        var file = Path.GetTempFileName();
        try
        {
            WriteLarge(file, format);
            using var stream = File.OpenRead(file);
            var before = GC.GetTotalMemory(forceFullCollection: true);
            var (entries, most) = (0, 0L);
            foreach (var item in StatementFile.Read(stream, new StatementReading { Currency = Currency.Get("EUR") }))
            {
                if (item is EntryRead && ++entries % (EntryCount / 4) == 0)
                    most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true) - before);
                if (item is StatementClosed closed)
                    closed.Balances.ShouldBe(BalanceCheck.AddUp);
            }

            entries.ShouldBe(EntryCount);
            most.ShouldBeLessThan(MemoryMax);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static void WriteLarge(string file, string format)
    {
        const string Camt =
            "<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\"><BkToCstmrStmt><Stmt>"
            + "<Acct><Id><IBAN>DE50999900000012345678</IBAN></Id><Ccy>EUR</Ccy></Acct>"
            + "<Bal><Tp><CdOrPrtry><Cd>OPBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">0</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>"
            + "<Bal><Tp><CdOrPrtry><Cd>CLBD</Cd></CdOrPrtry></Tp><Amt Ccy=\"EUR\">100000</Amt><CdtDbtInd>CRDT</CdtDbtInd></Bal>";
        const string CamtEntry =
            "<Ntry><Amt Ccy=\"EUR\">1.00</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts>BOOK</Sts><BookgDt><Dt>2026-03-10</Dt></BookgDt>"
            + "<NtryDtls><TxDtls><RmtInf><Ustrd>Rate RF26LN3001 and words that make the file larger than memory may be"
            + "</Ustrd></RmtInf></TxDtls></NtryDtls></Ntry>";
        const string Text = "Rate RF26LN3001 and words that make the file larger than memory may be and some more";
        var (start, entry, end) = format switch
        {
            "camt" => (Camt, CamtEntry, "</Stmt></BkToCstmrStmt></Document>"),
            "mt940" => (
                ":20:X\n:25:17\n:60F:C260310EUR0,\n",
                $":61:260310C1,NTRFNONREF\n:86:{Text}\n{Text}\n",
                ":62F:C260310EUR100000,\n-"
            ),
            _ => (
                "Opening Balance:,0.00\nClosing Balance:,\"100,000.00\"\nDate,Text,Amount\n",
                $"2026-03-10,{Text} {Text},1.00\n",
                ""
            ),
        };
        using var writer = new StreamWriter(file, append: false, Encoding.UTF8);
        writer.Write(start);
        for (var i = 0; i < EntryCount; i++)
            writer.Write(entry);
        writer.Write(end);
    }

    private sealed class OneWay : MemoryStream
    {
        public override bool CanSeek => false;
    }
}
