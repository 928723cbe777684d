using Npgsql;
using Paydown.Lending;
using Paydown.Server.Loans;

namespace Paydown.Server.Repayments;

/// <summary>The SQL of payoffs, and of what has been repaid.</summary>
public static class PayoffStore
{
    private const string ListCompleted =
        """
        select r.id, l.loan_application_id, coalesce(s.amount, r.amount), l.currency_code,
               coalesce(s.paid_on, r.paid_on), r.method
        from repayment r
        join repayment_standing s on s.customer_id = r.customer_id and s.repayment_id = r.id and s.status = 'VERIFIED'
        join loan_account l on l.customer_id = r.customer_id and l.id = r.account_id
        where r.customer_id = $1
        order by r.id desc
        """;

    /// <summary>Writes a payoff out of the wallet, and what it changes. Loan and wallet must be locked.</summary>
    public static async Task SettleAsync(
        NpgsqlConnection connection, RecordedPayoff payoff, LoanChange change, CancellationToken cancellation)
    {
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(RepaymentRecordStore.Insert(payoff.ToNewRepayment()));
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

    private static RepaidTransaction Read(NpgsqlDataReader reader)
    {
        var method = reader.GetString(5);
        return new RepaidTransaction(
            reader.GetGuid(0), reader.IsDBNull(1) ? null : reader.GetGuid(1),
            new Money(reader.GetInt64(2), Currency.Get(reader.GetString(3))), reader.GetFieldValue<DateOnly>(4), method,
            method is "WALLET" or "CARD" ? "PAID" : "VERIFIED");
    }
}
