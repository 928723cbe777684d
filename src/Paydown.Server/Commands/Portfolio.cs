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
/// Fills a database with a lender that has many customers with one running loan each, to test size and speed. Existing
/// loans stay, so filling can be interrupted, continued, and repeated with a larger number.
/// </summary>
public sealed class Portfolio(NpgsqlDataSource database, TimeProvider time)
{
    private const int BatchSize = 1000;
    private const int CashierCount = 8;
    private const string Password = "Password@1";

    private readonly LoanChanges changes = new(new Ids(time));
    private readonly Ids ids = new(time);

    /// <summary>Adds the loans that are missing.</summary>
    /// <param name="loanCount">The number of loans in the end.</param>
    /// <param name="repaymentsPerLoan">The number of verified repayments of each added loan.</param>
    /// <param name="progress">Receives the number of loans so far.</param>
    /// <param name="token">Stops; what is committed stays.</param>
    public async Task FillAsync(int loanCount, int repaymentsPerLoan, Action<int> progress, CancellationToken token)
    {
        await new Migrator(database, time).ApplyAsync(token);
        // A password hash is slow on purpose, so there is one for all users.
        var passwordHash = PasswordHash.Create(Password).ToString();
        await AddLenderAsync(passwordHash, token);
        var today = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime);
        var batches = new ConcurrentQueue<int>(Enumerable.Range(0, (loanCount + BatchSize - 1) / BatchSize));
        var done = 0;
        // Two workers per core: one computes its loans while the other waits for the database.
        await Task.WhenAll(Enumerable.Range(0, 2 * Environment.ProcessorCount).Select(_ => Task.Run(WorkAsync, token)));
        await using var analyze = database.CreateCommand("analyze");
        // A large portfolio takes longer than the time limit of the pool.
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
                + $"{loanCount / clock.Elapsed.TotalSeconds:N0} per second)."
        );
        await output.WriteLineAsync(
            $"Sign in as customer0@portfolio.example to customer{loanCount - 1}@portfolio.example, cashier1@ to "
                + $"cashier{CashierCount}@ or manager@portfolio.example, all with the password {Password}."
        );
        return 0;
    }

    // The number of loans of a batch that exist. They are its first ones, because batches are written in order.
    private static async Task<int> CountAsync(NpgsqlConnection connection, int first, int end, CancellationToken token)
    {
        await using var command = new NpgsqlCommand(
            "select count(*)::int from app_user where id >= $1 and id < $2 and role = 'CUSTOMER'",
            connection
        )
        {
            Parameters = { Sql.Value(PortfolioIds.Customer(first)), Sql.Value(PortfolioIds.Customer(end)) },
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
        var now = time.GetUtcNow();
        UserStore.AddMissingTo(batch, Officer(0, Role.Manager, "manager@portfolio.example"), passwordHash, now);
        for (var i = 1; i <= CashierCount; i++)
            UserStore.AddMissingTo(batch, Officer(i, Role.Cashier, $"cashier{i}@portfolio.example"), passwordHash, now);
        await transaction.CommitAsync(batch);
    }

    private static OrganisationSettings Lender(DateTimeOffset now) =>
        new()
        {
            Id = PortfolioIds.Organisation,
            Name = "Portfolio Lender",
            CountryIso3 = "NGA",
            Currency = Currency.Get("NGN"),
            WithdrawalFee = Money.Zero(Currency.Get("NGN")),
            TimeZone = "UTC",
            Contact = new("help@portfolio.example", "+234 1 000 0000", "Mon-Fri 08:00-17:00"),
            Collection = new("0123456789", "Portfolio Lender Collections", "058", "GTBank"),
            RecordedAt = now,
        };

    private static User Officer(int number, Role role, string email) =>
        new(PortfolioIds.Officer(number), PortfolioIds.Organisation, role, "Officer", $"Number{number}", email);
}
