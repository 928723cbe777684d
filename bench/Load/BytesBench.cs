namespace Paydown.Bench;

/// <summary>
/// The bytes that a verified repayment takes in the database, tables and indexes, and those of a loan with its
/// customer.
/// </summary>
public static class BytesBench
{
    private const string Unit = "bytes";
    private const int Clients = 32;

    private static readonly string[] Books =
    [
        "repayment",
        "repayment_decision",
        "repayment_standing",
        "loan_event",
        "journal_entry",
    ];

    private static readonly string[] Expiring = ["idempotency_record", "outbox_event"];

    // A portfolio has one customer, bank account and disbursement per loan.
    private static readonly string[] Loans =
    [
        "app_user",
        "bank_account",
        "loan_account",
        "loan_day",
        "loan_terms",
        "loan_event",
        "journal_entry",
    ];

    public static async Task<IReadOnlyList<BenchCase>> RunAsync(Stage stage)
    {
        var loanCount = stage.IsQuick ? 1_000 : 10_000;
        await using var database = await stage.CreateDatabaseAsync(loanCount);
        var loan = 0.0;
        foreach (var table in Loans)
            loan += (double)await SizeAsync(database, table) / loanCount;

        await using var load = await RepayLoad.StartAsync(stage, database, loanCount);
        var (empty, _) = await StateAsync(database);
        await load.RunAsync(Clients, 4 * stage.WarmUpSeconds);
        var (reported, reports) = await StateAsync(database);
        var pending = await PendingRepayments.ListAsync(database);
        var file = load.Orders.OfCashiers(pending, WrkOrder.ThreadsFor(Clients));
        // Long enough to fill many pages, and too short to run out of reports, which would fail.
        var seconds = Math.Max(1, 3 * stage.WarmUpSeconds / 2);
        var verified = await Wrk.RunAsync(stage, load.Server, new WrkOrder("verify", file, Clients, seconds));
        var (decided, _) = await StateAsync(database);

        var results = new List<BenchCase>();
        double BytesOf(string table) =>
            (reported[table] - empty[table]) / (double)reports
            + (decided[table] - reported[table]) / (double)verified.Right;
        foreach (var table in Books.Concat(Expiring))
            results.Add(BenchCase.Shown(table, Side.Of([BytesOf(table)], Unit)));
        results.Add(BenchCase.Within("books of a verified repayment", Side.Of([Books.Sum(BytesOf)], Unit), 2_000));
        results.Add(
            BenchCase.Within(
                "with what is kept for 30 days",
                Side.Of([Books.Concat(Expiring).Sum(BytesOf)], Unit),
                3_000
            )
        );
        results.Add(BenchCase.Within("a loan with its customer", Side.Of([loan], Unit), 2_500));
        await database.AuditAsync();
        return results;
    }

    private static async Task<(IReadOnlyDictionary<string, long> Sizes, long Reports)> StateAsync(
        BenchDatabase database
    )
    {
        var sizes = new Dictionary<string, long>(StringComparer.Ordinal);
        foreach (var table in Books.Concat(Expiring))
            sizes[table] = await SizeAsync(database, table);
        return (sizes, await database.CountAsync("repayment"));
    }

    private static async Task<long> SizeAsync(BenchDatabase database, string table)
    {
        await using var command = database.Source.CreateCommand($"select pg_total_relation_size('{table}')");
        return (long)(await command.ExecuteScalarAsync())!;
    }
}
