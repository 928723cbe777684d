using Npgsql;
using Paydown.Lending;

namespace Paydown.Server.Repayments;

/// <summary>The SQL of payoffs, and of what has been repaid.</summary>
public static class PayoffStore
{
    private const string InsertRepayment =
        """
        insert into repayment (customer_id, id, organisation_id, account_id, amount, method, reference,
                               reference_matches, paid_on, is_payoff, recorded_by, recorded_at)
        values ($1, $2, $3, $4, $5, 'BANK_TRANSFER', $6, true, $7, true, $1, $8)
        """;

    private const string AddPending =
        "update loan_account set pending_total = pending_total + $3 where customer_id = $1 and id = $2";

    private const string InsertEvent =
        """
        insert into outbox_event (customer_id, id, organisation_id, account_id, type, payload, recorded_at)
        values ($1, $2, $3, $4, 'repayment.recorded', $5, $6)
        """;

    private const string ListCompleted =
        """
        select r.id, l.loan_application_id, r.amount, l.currency_code, r.paid_on, r.method
        from repayment r
        join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id and s.status = 'VERIFIED'
        join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id
        where r.customer_id = $1
        order by r.id desc
        """;

    /// <summary>Writes a payoff as a repayment that waits for verification. The loan must be locked.</summary>
    public static async Task RecordAsync(
        NpgsqlConnection connection, RecordedPayoff payoff, CancellationToken cancellation)
    {
        var (file, minor) = (payoff.File, payoff.Amount.MinorUnits);
        var told = RepaymentRecorded.ToEvent(
            payoff.Id, file.CustomerId, file.Id, file.ApplicationId, payoff.Amount, payoff.RecordedAt);
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands =
            {
                With(InsertRepayment, file.CustomerId, payoff.Id, file.OrganisationId, file.Id, minor, file.Reference,
                    payoff.PaidOn, payoff.RecordedAt),
                With(AddPending, file.CustomerId, file.Id, minor),
                With(InsertEvent, file.CustomerId, payoff.Id, file.OrganisationId, file.Id, told, payoff.RecordedAt),
            },
        };
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

    private static RepaidTransaction Read(NpgsqlDataReader reader)
    {
        var method = reader.GetString(5);
        return new RepaidTransaction(
            reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1),
            new Money(reader.GetInt64(2), Currency.Get(reader.GetString(3))), reader.GetFieldValue<DateOnly>(4), method,
            method is "WALLET" or "CARD" ? "PAID" : "VERIFIED");
    }

    private static NpgsqlBatchCommand With(string sql, params ReadOnlySpan<object> values)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var value in values) command.Parameters.Add(new() { Value = value });
        return command;
    }
}
