using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Commands;
using Paydown.Server.Platform.Storage;

namespace Paydown.Bench;

/// <summary>Inserts pending repayments into a portfolio, as if customers had reported them.</summary>
public static class PendingRepayments
{
    // The pending repayments must outlast the verifications, however fast those are.
    private const int RateMax = 20_000;

    /// <summary>The amount of each repayment: many times less than any loan of a portfolio owes.</summary>
    public const long VerifiedMinor = 100_00;

    private const string Insert = """
        with made as (
          insert into repayment (customer_id, id, organisation_id, account_id, amount, method, bank_account_id,
              reference,
                                 reference_matches, paid_on, recorded_by, recorded_at)
          select l.customer_id,
                 (lpad(to_hex((extract(epoch from now()) * 1000)::bigint + n), 12, '0') || '70008'
                     || substr(replace(l.customer_id::text, '-', ''), 1, 12) || '001')::uuid,
                 l.organisation_id, l.id, $3, 'BANK_TRANSFER', b.id, l.reference, true, current_date, l.customer_id,
                     now()
          from unnest($1) c (id) join loan_account l on l.customer_id = c.id join bank_account b on b.customer_id =
              c.id,
               generate_series(1, $2) n
          returning id, customer_id, account_id, amount
        ), pending as (
          update loan_account l set pending_total = l.pending_total + s.amount
          from (select customer_id, account_id, sum(amount)::bigint as amount from made group by 1, 2) s
          where l.customer_id = s.customer_id and l.id = s.account_id
        )
        select id from made order by id
        """;

    /// <summary>Inserts enough repayments for the given seconds, the same number for each customer.</summary>
    /// <returns>Their ids, one round of all customers after another.</returns>
    public static Task<IReadOnlyList<RepaymentId>> AddForAsync(
        BenchDatabase database,
        IReadOnlyList<int> customers,
        int seconds
    ) => AddAsync(database, customers, (seconds * RateMax + customers.Count - 1) / customers.Count, VerifiedMinor);

    /// <summary>Inserts the given number of repayments for each customer.</summary>
    /// <returns>Their ids, one round of all customers after another.</returns>
    public static async Task<IReadOnlyList<RepaymentId>> AddAsync(
        BenchDatabase database,
        IReadOnlyList<int> customers,
        int each,
        long amountMinor
    )
    {
        await using var command = database.Source.CreateCommand(Insert);
        command.CommandTimeout = 0;
        command.Parameters.Add(Sql.Value(customers.Select(PortfolioIds.Customer).ToList()));
        command.Parameters.Add(Sql.Value(each));
        command.Parameters.Add(Sql.Value(amountMinor));
        var ids = new List<RepaymentId>(customers.Count * each);
        await using (var reader = await command.ExecuteReaderAsync())
        {
            while (await reader.ReadAsync())
                ids.Add(reader.Id<RepaymentId>("id"));
        }

        await database.ExecuteAsync("analyze repayment, loan_account");
        return ids;
    }

    /// <summary>The pending repayments, in the order of recording.</summary>
    public static async Task<IReadOnlyList<RepaymentId>> ListAsync(BenchDatabase database)
    {
        await using var command = database.Source.CreateCommand(
            "select repayment_id from pending_repayment order by recorded_at, repayment_id"
        );
        var ids = new List<RepaymentId>();
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
            ids.Add(reader.Id<RepaymentId>("repayment_id"));
        return ids;
    }
}
