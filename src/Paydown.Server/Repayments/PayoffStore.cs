using Npgsql;
using Paydown.Lending;
using Paydown.Lending.Repayments;
using Paydown.Server.Loans;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Repayments;

/// <summary>The SQL of payoffs, and of what has been repaid.</summary>
public static class PayoffStore
{
    private const string InsertRepayment =
        """
        insert into repayment (customer_id, id, organisation_id, account_id, amount, method, reference,
                               reference_matches, paid_on, is_payoff, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, $6, $7, true, $8, true, $1, $9)
        """;

    private const string AddPending =
        "update loan_account set pending_total = pending_total + $3 where customer_id = $1 and id = $2";

    private const string InsertEvent =
        """
        insert into outbox_event (customer_id, id, organisation_id, account_id, type, payload, recorded_at)
        values ($1, $2, $3, $4, 'repayment.recorded', $5, $6)
        """;

    private const string Completed =
        """
        from repayment r
        join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id and s.status = 'VERIFIED'
        where r.customer_id = $1
        """;

    private const string CompletedColumns =
        "r.id, l.loan_application_id, r.amount, l.currency_code, r.paid_on, r.method";

    private const string OfLoan = "join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id";

    private const string ListCompleted =
        $"select {CompletedColumns} from (select r.* {Completed}) r {OfLoan} order by r.id desc";

    private static readonly PageQuery CompletedPage = new(
        Completed,
        $"""
        select {CompletedColumns}
        from (select r.* {Completed} and ($2::uuid is null or r.id < $2)
              order by r.id desc limit $3 offset $4) r
        {OfLoan}
        order by r.id desc
        """);

    /// <summary>Writes a payoff as a repayment that waits for verification. The loan must be locked.</summary>
    public static async Task RecordAsync(
        NpgsqlConnection connection, RecordedPayoff payoff, CancellationToken cancellation)
    {
        var (file, at) = (payoff.File, payoff.Occasion.At);
        var told = RepaymentRecorded.ToEvent(
            payoff.Id, file.CustomerId, file.Id, file.ApplicationId, payoff.Amount, at);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                Insert(payoff, PayoffRules.BankTransfer),
                With(AddPending, file.CustomerId, file.Id, payoff.Amount.MinorUnits),
                With(InsertEvent, file.CustomerId, payoff.Id, file.OrganisationId, file.Id, told, at),
            },
        };
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>Writes a payoff out of the wallet, and what it changes. Loan and wallet must be locked.</summary>
    public static async Task SettleAsync(
        NpgsqlConnection connection, RecordedPayoff payoff, LoanChange change, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(Insert(payoff, PayoffRules.Wallet));
        LoanChangeStore.AddTo(batch, [change]);
        await batch.ExecuteNonQueryAsync(cancellation);
    }

    /// <summary>The verified repayments of a customer, newest first; reversed ones are none.</summary>
    public static async Task<IReadOnlyList<RepaidTransaction>> ListCompletedAsync(
        NpgsqlConnection connection, Guid customerId, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand(ListCompleted, connection)
        {
            Parameters = { new() { Value = customerId } },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var repaid = new List<RepaidTransaction>();
        while (await reader.ReadAsync(cancellation)) repaid.Add(Read(reader));
        return repaid;
    }

    /// <summary>One page of them.</summary>
    public static Task<PageRecords<RepaidTransaction>> ListCompletedAsync(
        NpgsqlConnection connection, Guid customerId, Paging paging, CancellationToken cancellation) =>
        CompletedPage.ReadAsync(connection, paging, [new() { Value = customerId }], Read, cancellation);

    private static RepaidTransaction Read(NpgsqlDataReader reader)
    {
        var method = reader.GetString(5);
        return new RepaidTransaction(
            reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1),
            new Money(reader.GetInt64(2), Currency.Get(reader.GetString(3))), reader.GetFieldValue<DateOnly>(4), method,
            method is "WALLET" or "CARD" ? "PAID" : "VERIFIED");
    }

    private static NpgsqlBatchCommand Insert(RecordedPayoff payoff, string method)
    {
        var file = payoff.File;
        return With(
            InsertRepayment, file.CustomerId, payoff.Id, file.OrganisationId, file.Id, payoff.Amount.MinorUnits, method,
            file.Reference, payoff.Occasion.Today, payoff.Occasion.At);
    }

    private static NpgsqlBatchCommand With(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
