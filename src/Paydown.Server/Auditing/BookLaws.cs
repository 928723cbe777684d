using Npgsql;

namespace Paydown.Server.Auditing;

/// <summary>The laws that hold over all loans: each is one statement that finds what breaks it.</summary>
public static class BookLaws
{
    // Columns: loan, subject, what is expected, what was got.
    private static readonly (string Law, string Sql)[] Laws =
    [
        ("trial balance = 0",
            """
            select null::uuid, organisation_id, '0', sum(amount)::text
            from posting group by organisation_id having sum(amount) <> 0
            """),
        ("each journal entry balances",
            """
            select null::uuid, entry_id, '0', sum(amount)::text
            from posting group by customer_id, entry_id having sum(amount) <> 0
            """),
        ("each journal entry has postings",
            """
            select e.account_id, e.id, 'postings', 'none' from journal_entry e
            where not exists (select from posting p where p.customer_id = e.customer_id and p.entry_id = e.id)
            """),
        ("each journal entry of a loan has its loan",
            """
            select e.account_id, e.id, 'a loan of the customer', 'none' from journal_entry e
            where e.account_id is not null
              and not exists (select from loan_account l where l.customer_id = e.customer_id and l.id = e.account_id)
            """),
        ("each repayment has its loan",
            """
            select r.account_id, r.id, 'a loan of the customer', 'none' from repayment r
            where not exists (select from loan_account l where l.customer_id = r.customer_id and l.id = r.account_id)
            """),
        ("each stored answer to repay-loan has its repayment",
            """
            select null::uuid, a.repayment_id, 'a repayment of caller ' || a.caller_id, 'none'
            from (select caller_id,
                         substring(encode(body, 'escape') from '"id":"([0-9a-f-]{36})"')::uuid as repayment_id
                  from idempotency_record where route like 'POST user/repay-loan/%' and status = 200) a
            where not exists (select from repayment r where r.customer_id = a.caller_id and r.id = a.repayment_id)
            """),
    ];

    /// <summary>Everything that breaks one of these laws.</summary>
    public static async Task<IReadOnlyList<Breach>> CheckAsync(
        NpgsqlConnection connection, CancellationToken cancellation)
    {
        var breaches = new List<Breach>();
        foreach (var (law, sql) in Laws.Concat(ApplicationLaws.All).Concat(WalletLaws.All))
        {
            await using var command = new NpgsqlCommand(sql, connection) { CommandTimeout = 0 };
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
            {
                breaches.Add(new Breach(
                    law, IdOrNull(reader, 0), IdOrNull(reader, 1), reader.GetString(2), reader.GetString(3)));
            }
        }

        return breaches;
    }

    private static Guid? IdOrNull(NpgsqlDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? null : reader.GetGuid(ordinal);
}
