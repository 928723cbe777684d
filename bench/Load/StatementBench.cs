using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Paydown.Statements;
using Paydown.Statements.Reading;

namespace Paydown.Bench;

/// <summary>
/// Bank statements read into entries, against the libraries that a JavaScript team would take, and imported into books.
/// </summary>
public static class StatementBench
{
    private const double CamtMegabytesMin = 30;
    private const double Mt940MegabytesMin = 50;
    private const double LibraryTimes = 5;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        Directory.CreateDirectory(stage.Scratch);
        // The libraries hold the whole file in memory, some as text in several forms.
        var entries = stage.IsQuick ? 2_000 : 20_000;
        var results = new List<BenchCase>();
        await AddAsync(stage, results, "camt.053", Camt(entries), "fast-xml-parser", CamtMegabytesMin);
        await AddAsync(stage, results, "MT940", Mt940(entries), "mt940js", Mt940MegabytesMin);
        await ImportBench.AddAsync(stage, results);
        return results;
    }

    private static async Task AddAsync(
        Stage stage,
        List<BenchCase> results,
        string format,
        string text,
        string library,
        double least
    )
    {
        var file = Path.Combine(stage.Scratch, format);
        await File.WriteAllTextAsync(file, text, new UTF8Encoding(false));
        var bytes = await File.ReadAllBytesAsync(file);
        var seconds = stage.IsQuick ? 1 : 2;
        var figures = await Rounds.RunAsync(
            stage,
            async () =>
            {
                Measure(bytes, seconds);
                var ours = Read(bytes);
                var theirs = await NodeAsync(stage, library, file, 1);
                if (ours != (theirs.Entries, theirs.Cents))
                    throw new BenchException(
                        $"{format}: we read {ours}, {library} ({theirs.Entries}, {theirs.Cents})."
                    );
            },
            () => Task.FromResult(Measure(bytes, seconds)),
            async () => (await NodeAsync(stage, library, file, seconds)).Megabytes
        );
        var (side, other) = (Side.Of(figures[0], "MB/s"), Side.Of(figures[1], "MB/s"));
        results.Add(BenchCase.Reaching($"read {format}", side, least));
        results.Add(BenchCase.AtLeast($"read {format} against {library}", side, other, LibraryTimes));
        File.Delete(file);
    }

    private static (long Entries, long Cents) Read(byte[] bytes)
    {
        long entries = 0,
            cents = 0;
        foreach (var item in StatementFile.Read(new MemoryStream(bytes), new StatementReading()))
        {
            if (item is not EntryRead read)
                continue;
            entries++;
            cents += read.Entry.Amount.MinorUnits;
        }

        return (entries, cents);
    }

    private static double Measure(byte[] bytes, int seconds)
    {
        var clock = Stopwatch.StartNew();
        var count = 0L;
        while (clock.ElapsedMilliseconds < seconds * 1000)
        {
            Read(bytes);
            count++;
        }

        return count * bytes.Length / clock.Elapsed.TotalSeconds / 1e6;
    }

    private static async Task<(double Megabytes, long Entries, long Cents)> NodeAsync(
        Stage stage,
        string library,
        string file,
        int seconds
    )
    {
        var script = Path.Combine(stage.Root, "bench", "statement", "bench.mjs");
        var output = await Programs.RunAsync("node", [script, library, file, $"{seconds}"]);
        using var result = JsonDocument.Parse(output);
        return (
            result.RootElement.GetProperty("perSecond").GetDouble() / 1e6,
            result.RootElement.GetProperty("entries").GetInt64(),
            result.RootElement.GetProperty("cents").GetInt64()
        );
    }

    private static string Camt(int entries)
    {
        var text = new StringBuilder(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">"
                + "<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr><Stmt><Id>1</Id>"
                + "<Acct><Id><IBAN>DE50999900000012345678</IBAN></Id><Ccy>EUR</Ccy></Acct>\n"
        );
        for (var i = 0; i < entries; i++)
            text.Append(
                Invariant,
                $"""
                <Ntry><NtryRef>{i}</NtryRef><Amt Ccy="EUR">{Amount(
                    i,
                    '.'
                )}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
                <BookgDt><Dt>2026-03-11</Dt></BookgDt><ValDt><Dt>2026-03-11</Dt></ValDt><AcctSvcrRef>A{i}</AcctSvcrRef>
                <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                <NtryDtls><TxDtls><Refs><EndToEndId>RATE-{i}</EndToEndId></Refs><Amt Ccy="EUR">{Amount(i, '.')}</Amt>
                <CdtDbtInd>CRDT</CdtDbtInd><RltdPties><Dbtr><Pty><Nm>EXAMPLE CUSTOMER {i}</Nm></Pty></Dbtr><DbtrAcct><Id>
                <IBAN>DE60999900000000000017</IBAN></Id></DbtrAcct></RltdPties><RmtInf><Ustrd>Rate March RF26LN3001 {i}</Ustrd>
                </RmtInf></TxDtls></NtryDtls></Ntry>

                """
            );
        return text.Append("</Stmt></BkToCstmrStmt></Document>\n").ToString();
    }

    private static string Mt940(int entries)
    {
        var text = new StringBuilder(":20:X\r\n:25:DE50999900000012345678\r\n:28C:1/1\r\n:60F:C260310EUR0,00\r\n");
        for (var i = 0; i < entries; i++)
        {
            text.Append(Invariant, $":61:2603110311CR{Amount(i, ',')}NTRFNONREF//B{i}\r\n");
            text.Append(Invariant, $":86:166?00GUTSCHRIFT?109310?20EREF+RATE-{i:D7}?21SVWZ+Rate Darle\r\n");
            text.Append(
                "hen RF26LN3001?22 March?30EXMPDEFFXXX?31DE60999900000000000017?32\r\nEXAMPLE CUSTOMER?33 ONE\r\n"
            );
        }

        var cents = Enumerable.Range(0, entries).Sum(i => (long)Cents(i));
        return text.Append(Invariant, $":62F:C260311EUR{cents / 100},{cents % 100:D2}\r\n-\r\n").ToString();
    }

    private static string Amount(int i, char mark) =>
        string.Create(Invariant, $"{Cents(i) / 100}{mark}{Cents(i) % 100:D2}");

    private static int Cents(int i) => 10_000 + (i * 37 % 90_000);
}
