using System.Collections.Frozen;
using System.Diagnostics;
using System.Security.Cryptography;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Repayments;
using Paydown.Server.Commands;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Repayments;

namespace Paydown.Bench;

/// <summary>Reports of one minor unit, read and written without HTTP and without validation.</summary>
public static class BareReports
{
    private const int GroupSize = 500;
    private const string Route = "POST user/repay-loan/{user-id}";

    private static readonly PendingRepayment OneMinorUnit = new(new Money(1, Currency.Get("NGN")), true);

    /// <summary>A customer's report on their own loan, with a new key.</summary>
    /// <param name="number">The customer's number in the portfolio.</param>
    /// <param name="key">The key.</param>
    public static GroupedRequest<RepaymentReport> Of(int number, string key)
    {
        var customer = PortfolioIds.Customer(number);
        var hash = SHA256.HashData(customer.Value.ToByteArray());
        return Of(
            customer,
            PortfolioIds.Account(number),
            PortfolioIds.BankAccount(number),
            "RF18P000012345",
            new KeyUse(customer.AsUser, PortfolioIds.Organisation, Route, key, hash)
        );
    }

    /// <summary>A report with the values of a request.</summary>
    public static GroupedRequest<RepaymentReport> Of(
        CustomerId customer,
        LoanId account,
        BankAccountId bankAccount,
        string reference,
        KeyUse use
    )
    {
        var today = DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime);
        var report = new RepaymentReport
        {
            CallerId = customer,
            UserId = customer,
            CustomerId = customer,
            AccountId = account,
            BankAccountId = bankAccount,
            Amount = 0.01m,
            Reference = reference,
            PaidOn = today,
            Narration = null,
        };
        var caller = new Caller(customer.AsUser, PortfolioIds.Organisation, Role.Customer, default);
        var context = new ActionContext(customer.AsUser, ActionContext.InstantOf(TimeProvider.System), today, "bench");
        return new GroupedRequest<RepaymentReport>(report, caller, context, use);
    }

    /// <summary>The rows that the report would write.</summary>
    public static RecordedRepayment Record(GroupedRequest<RepaymentReport> request, ReportedAccount account, Ids ids) =>
        new(ids.Next<RepaymentId>(), request, account, OneMinorUnit);

    /// <summary>The loans of a portfolio, by customer id.</summary>
    public static async Task<FrozenDictionary<CustomerId, ReportedAccount>> ReadAccountsAsync(NpgsqlDataSource database)
    {
        await using var count = database.CreateCommand("select count(*)::int from loan_account");
        var loanCount = (int)(await count.ExecuteScalarAsync())!;
        await using var connections = new GroupConnections(database.ConnectionString);
        await using var transaction = await connections.BeginAsync();
        var connection = transaction.Connection;
        var accounts = new Dictionary<CustomerId, ReportedAccount>(loanCount);
        foreach (var group in Enumerable.Range(0, loanCount).Chunk(GroupSize))
        {
            var state = await RepaymentReportStore.ReadAsync(
                new([.. group.Select(number => Of(number, ""))], connection, skipsLocked: false)
            );
            foreach (var ((customer, _), account) in state.Accounts)
                accounts[customer] = account;
            await using var rollback = new NpgsqlCommand("rollback", connection);
            await rollback.ExecuteNonQueryAsync();
        }

        return accounts.ToFrozenDictionary();
    }

    /// <summary>Writes groups of reports over one connection, with nothing else around them.</summary>
    /// <param name="database">A database with a portfolio.</param>
    /// <param name="loanCount">The number of loans in the portfolio.</param>
    /// <param name="groupSize">Reports that are read, written and committed together.</param>
    /// <param name="seconds">The duration.</param>
    /// <returns>The number of reports written.</returns>
    public static async Task<long> WriteAsync(BenchDatabase database, int loanCount, int groupSize, int seconds)
    {
        var ids = new Ids(TimeProvider.System);
        await using var connections = new GroupConnections(database.Source.ConnectionString);
        await using var transaction = await connections.BeginAsync();
        var connection = transaction.Connection;
        var tag = ids.Next();
        var written = 0L;
        var clock = Stopwatch.StartNew();
        while (clock.Elapsed.TotalSeconds < seconds)
        {
            // A stride that reaches every customer and spreads them over the portfolio.
            var requests = Enumerable
                .Range(0, groupSize)
                .Select(i => Of((int)((written + i) * 7919 % loanCount), $"{tag}-{written + i}"))
                .ToList();
            var group = new Group<RepaymentReport>(requests, connection, skipsLocked: false);
            var state = await RepaymentReportStore.ReadAsync(group);
            foreach (var request in requests)
            {
                var account = state.Accounts[(request.Asked.CallerId, request.Asked.AccountId)];
                var repayment = Record(request, account, ids);
                state.Record(repayment);
                group.Keys.Add(request.Use, RepaymentRecorded.ToAnswer(repayment));
            }

            var now = TimeProvider.System.GetUtcNow();
            var batch = new NpgsqlBatch(connection);
            RepaymentReportStore.AddWrites(batch, state, now);
            group.Keys.AddInsert(batch, now);
            await transaction.CommitAsync(batch);
            written += groupSize;
        }

        return written;
    }
}
