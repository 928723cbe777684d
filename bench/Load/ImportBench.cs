using System.Diagnostics;
using System.Globalization;
using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Server.Commands;

namespace Paydown.Bench;

/// <summary>
/// Bank statements into the books, by <c>paydown import-statement</c> beside a large portfolio: read, stored, matched,
/// verified and posted. Of ten entries, four pay a pending report, four a loan that nobody reported, and two are
/// unknown.
/// </summary>
public static class ImportBench
{
    private const double EntriesPerSecondMin = 3_000;
    private const double SlowerMax = 2;

    private static readonly CultureInfo Invariant = CultureInfo.InvariantCulture;

    public static async Task AddAsync(Stage stage, List<BenchCase> results)
    {
        var loanCount = stage.Rows ?? (stage.IsQuick ? 2_000 : 1_000_000);
        var entryCount = Math.Min(loanCount, stage.IsQuick ? 1_000 : 100_000);
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        var customers = Orders.Spread(loanCount, entryCount);
        var rates = new List<double>();
        // The books grow from round to round, so a few rounds are enough.
        for (var round = 0; round < Math.Min(stage.Rounds, 3); round++)
        {
            var file = await PrepareAsync(stage, database, customers, round);
            await stage.CheckpointAsync();
            var clock = Stopwatch.StartNew();
            await ImportAsync(stage, database, file);
            rates.Add(entryCount / clock.Elapsed.TotalSeconds);
            await Console.Out.WriteLineAsync($"    {entryCount:N0} entries: {rates[^1]:N0}/s");
            await CheckAsync(database, entryCount * (round + 1));
        }

        results.Add(
            BenchCase.Reaching($"import beside {loanCount:N0} loans", Side.Of(rates, "entries/s"), EntriesPerSecondMin)
        );
        await AddLatencyAsync(stage, database, customers, results);
        await database.AuditAsync();
    }

    // Customers report while a statement is imported, and without one.
    private static async Task AddLatencyAsync(
        Stage stage,
        BenchDatabase database,
        IReadOnlyList<int> customers,
        List<BenchCase> results
    )
    {
        var file = await PrepareAsync(stage, database, customers, round: 9);
        await using var load = await RepayLatency.StartAsync(stage, database, customers);
        await load.MeasureAsync(Task.Delay(TimeSpan.FromSeconds(stage.WarmUpSeconds)));
        var alone = await load.MeasureAsync(Task.Delay(TimeSpan.FromSeconds(2 * stage.Seconds)));
        var during = await load.MeasureAsync(ImportAsync(stage, database, file));
        results.Add(
            BenchCase.AtMost(
                "p99 of repay-loan during an import",
                Side.Of([during], "ms"),
                Side.Of([alone], "ms"),
                SlowerMax
            )
        );
    }

    private static Task<string> ImportAsync(Stage stage, BenchDatabase database, string file) =>
        Programs.RunAsync(
            "dotnet",
            [stage.PaydownProgram, "import-statement", file, "--database", database.ConnectionString]
        );

    private static async Task<string> PrepareAsync(
        Stage stage,
        BenchDatabase database,
        IReadOnlyList<int> customers,
        int round
    )
    {
        var reported = customers.Where((_, i) => KindOf(i) == EntryKind.Reported).ToList();
        await PendingRepayments.AddAsync(database, reported, 1, PendingRepayments.VerifiedMinor);
        Directory.CreateDirectory(stage.Scratch);
        var file = Path.Combine(stage.Scratch, $"import-{round}.xml");
        await File.WriteAllTextAsync(file, Write(customers, round));
        return file;
    }

    private static async Task CheckAsync(BenchDatabase database, long entries)
    {
        var (matched, open) = (
            await database.CountAsync("entry_standing where state = 'MATCHED'"),
            await database.CountAsync("entry_standing where state = 'UNMATCHED'")
        );
        if (matched != entries * 8 / 10 || open != entries * 2 / 10)
            throw new BenchException($"Of {entries} entries, {matched} are matched and {open} unmatched.");
    }

    private enum EntryKind
    {
        Reported,
        Unreported,
        Unknown,
    }

    private static EntryKind KindOf(int entry) =>
        (entry % 10) switch
        {
            < 4 => EntryKind.Reported,
            < 8 => EntryKind.Unreported,
            _ => EntryKind.Unknown,
        };

    private static string Write(IReadOnlyList<int> customers, int round)
    {
        var today = DateOnly
            .FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime)
            .ToString("yyyy-MM-dd", Invariant);
        var text = new StringBuilder(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Document xmlns=\"urn:iso:std:iso:20022:tech:xsd:camt.053.001.08\">"
                + "<BkToCstmrStmt><GrpHdr><MsgId>M</MsgId></GrpHdr>"
        );
        text.Append(Invariant, $"<Stmt><Id>{round}</Id><Acct><Id><Othr><Id>0123456789</Id></Othr></Id><Ccy>NGN</Ccy>");
        text.Append("</Acct>\n");
        for (var i = 0; i < customers.Count; i++)
        {
            var kind = KindOf(i);
            var cents = kind == EntryKind.Reported ? PendingRepayments.VerifiedMinor : 5_000 + i % 400_00;
            var remittance = kind switch
            {
                // Every other payer writes the reference into the text, in groups.
                EntryKind.Unknown => $"<Ustrd>TRANSFER FROM EXAMPLE CUSTOMER {i}</Ustrd>",
                _ when i % 2 == 0 => $"<Ustrd>Loan {Grouped(Orders.ReferenceOf(customers[i]))} thanks</Ustrd>",
                _ => $"<Strd><CdtrRefInf><Ref>{Orders.ReferenceOf(customers[i])}</Ref></CdtrRefInf></Strd>",
            };
            text.Append(
                Invariant,
                $"""
                <Ntry><Amt Ccy="NGN">{cents / 100}.{cents
                    % 100:D2}</Amt><CdtDbtInd>CRDT</CdtDbtInd><Sts><Cd>BOOK</Cd></Sts>
                <BookgDt><Dt>{today}</Dt></BookgDt><ValDt><Dt>{today}</Dt></ValDt><AcctSvcrRef>B{round}-{i:D7}</AcctSvcrRef>
                <BkTxCd><Domn><Cd>PMNT</Cd><Fmly><Cd>RCDT</Cd><SubFmlyCd>ESCT</SubFmlyCd></Fmly></Domn></BkTxCd>
                <NtryDtls><TxDtls><RltdPties><Dbtr><Pty><Nm>EXAMPLE CUSTOMER {i}</Nm></Pty></Dbtr><DbtrAcct><Id><Othr><Id>
                {i:D10}</Id></Othr></Id></DbtrAcct></RltdPties><RmtInf>{remittance}</RmtInf></TxDtls></NtryDtls></Ntry>

                """
            );
        }

        return text.Append("</Stmt></BkToCstmrStmt></Document>\n").ToString();
    }

    private static string Grouped(string reference) =>
        string.Join(' ', reference.Chunk(4).Select(group => new string(group)));
}
