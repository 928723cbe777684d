using System.Collections.Concurrent;
using System.Diagnostics;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Commands;

/// <summary>
/// Fills a database with a lender of many customers, one running loan each, for trials of size and speed. It brings
/// the portfolio up to a number: what is there stays, so that it can be interrupted and made larger.
/// </summary>
public sealed class Portfolio(NpgsqlDataSource database, TimeProvider time)
{
    private const int BatchSize = 1000;
    private const int CashierCount = 8;
    private const string Password = "Password@1";

    private readonly LoanChanges changes = new(new Ids(time));
    private readonly Ids ids = new(time);

    /// <summary>Makes it.</summary>
    /// <param name="loanCount">How many loans there shall be.</param>
    /// <param name="repaymentsPerLoan">Verified repayments of each loan that is made now.</param>
    /// <param name="progress">Told how many loans there are so far.</param>
    /// <param name="token">Ends it; what is committed stays.</param>
    public async Task FillAsync(int loanCount, int repaymentsPerLoan, Action<int> progress, CancellationToken token)
    {
        await new Migrator(database, time).ApplyAsync(token);
        // Slow by intent, so it is made once: everybody here has the same password.
        var passwordHash = PasswordHash.Create(Password).ToString();
        await AddLenderAsync(passwordHash, token);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var batches = new ConcurrentQueue<int>(Enumerable.Range(0, (loanCount + BatchSize - 1) / BatchSize));
        var done = 0;
        // While one works out its loans, another's are being stored.
        await Task.WhenAll(Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Task.Run(WorkAsync, token)));
        await using var analyze = database.CreateCommand("analyze");
        // As long as a large portfolio takes, whatever limit the pool has.
        analyze.CommandTimeout = 0;
        await analyze.ExecuteNonQueryAsync(token);

        async Task WorkAsync()
        {
            while (batches.TryDequeue(out var batch))
            {
                var first = batch * BatchSize;
                var end = Math.Min(first + BatchSize, loanCount);
                await using var transaction = await WriteTransaction.BeginAsync(
                    database,
                    token,
                    answerMax: Timeout.InfiniteTimeSpan
                );
                var connection = transaction.Connection;
                var start = first + await CountAsync(connection, first, end, token);
                var loans = Enumerable
                    .Range(start, end - start)
                    .Select(number => PortfolioLoan.Create(number, repaymentsPerLoan, today, changes, ids))
                    .ToList();
                if (loans.Count > 0)
                    await new PortfolioCopy(connection, passwordHash, token).WriteAsync(loans);
                await transaction.CommitAsync();
                progress(Interlocked.Add(ref done, end - first));
            }
        }
    }

    /// <summary>The verb <c>paydown demo --loans</c>.</summary>
    /// <returns>The exit code.</returns>
    public static async Task<int> RunAsync(
        NpgsqlDataSource database,
        int loanCount,
        int repaymentsPerLoan,
        TextWriter output,
        CancellationToken token
    )
    {
        var clock = Stopwatch.StartNew();
        var bar = new ProgressBar(output, loanCount, "loans", isTerminal: !Console.IsOutputRedirected);
        await new Portfolio(database, TimeProvider.System).FillAsync(loanCount, repaymentsPerLoan, bar.Show, token);
        await output.WriteLineAsync(
            $"The portfolio has {loanCount:N0} loans ({clock.Elapsed.TotalSeconds:0.0} s, "
                + $"{loanCount / clock.Elapsed.TotalSeconds:N0} a second)."
        );
        await output.WriteLineAsync(
            $"Sign in as customer0@portfolio.example to customer{loanCount - 1}@portfolio.example, cashier1@ to "
                + $"cashier{CashierCount}@ or manager@portfolio.example, all with the password {Password}."
        );
        return 0;
    }

    // A batch is committed whole, so that what is there of it is its beginning.
    private static async Task<int> CountAsync(NpgsqlConnection connection, int first, int end, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(
            "select count(*)::int from app_user where id >= $1 and id < $2 and role = 'CUSTOMER'",
            connection
        )
        {
            Parameters =
            {
                new() { Value = PortfolioIds.Customer(first) },
                new() { Value = PortfolioIds.Customer(end) },
            },
        };
        return (int)(await command.ExecuteScalarAsync(token))!;
    }

    private async Task AddLenderAsync(string passwordHash, CancellationToken token)
    {
        await using var transaction = await WriteTransaction.BeginAsync(
            database,
            token,
            answerMax: Timeout.InfiniteTimeSpan
        );
        await OrganisationStore.AddAsync(transaction.Connection, Lender(time.GetUtcNow()), token);
        await using var batch = new NpgsqlBatch(transaction.Connection);
        batch.BatchCommands.Add(Officer(0, "MANAGER", "manager@portfolio.example", passwordHash));
        for (var i = 1; i <= CashierCount; i++)
            batch.BatchCommands.Add(Officer(i, "CASHIER", $"cashier{i}@portfolio.example", passwordHash));
        await transaction.CommitAsync(batch);
    }

    private static OrganisationSettings Lender(DateTimeOffset now) =>
        new()
        {
            Id = PortfolioIds.Organisation,
            Name = "Portfolio Lender",
            Currency = Currency.Get("NGN"),
            TimeZone = "UTC",
            Contact = new("help@portfolio.example", "+234 1 000 0000", "Mon-Fri 08:00-17:00"),
            Collection = new("0123456789", "Portfolio Lender Collections", "058", "GTBank"),
            RecordedAt = now,
        };

    private NpgsqlBatchCommand Officer(int number, string role, string email, string passwordHash) =>
        new(
            """
            insert into app_user (id, organisation_id, role, first_name, last_name, email, password_hash, recorded_at)
            values ($1, $2, $3, 'Officer', $4, $5, $6, $7)
            on conflict do nothing
            """
        )
        {
            Parameters =
            {
                new() { Value = PortfolioIds.Officer(number) },
                new() { Value = PortfolioIds.Organisation },
                new() { Value = role },
                new() { Value = $"Number{number}" },
                new() { Value = email },
                new() { Value = passwordHash },
                new() { Value = time.GetUtcNow() },
            },
        };
}
