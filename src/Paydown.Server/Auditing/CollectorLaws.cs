namespace Paydown.Server.Auditing;

/// <summary>The laws of collectors and their money, in the form of <see cref="BookLaws"/>.</summary>
internal static class CollectorLaws
{
    // Each booked collection with its repayment as it stands, and what the journal has for both.
    private const string Booked = """
        (select s.collection_id, s.collector_id, s.repayment_id, s.commission, c.amount, c.collected_on,
                p.account_id, p.amount as repaid, r.status, coalesce(j.receivable, 0) as receivable,
                coalesce(j.expense, 0) as expense
         from collection_standing s
         join collection c on c.id = s.collection_id
         left join repayment p on p.customer_id = s.customer_id and p.id = s.repayment_id
         left join repayment_standing r on r.customer_id = s.customer_id and r.repayment_id = s.repayment_id
         left join lateral (
           select sum(q.amount) filter (where q.ledger_account = 'COLLECTOR_RECEIVABLE') as receivable,
                  sum(q.amount) filter (where q.ledger_account = 'COLLECTION_COMMISSION') as expense
           from journal_entry e
           join posting q on q.customer_id = e.customer_id and q.entry_id = e.id
           where e.customer_id = s.customer_id and e.subject_id = s.repayment_id
             and e.kind in ('COLLECTOR_COLLECTED', 'COLLECTION_TAKEN_BACK')) j on true
         where s.state = 'BOOKED') b
        """;

    // Remittances that were undone add up to zero under no collector.
    private const string Ledger = """
        (select e.organisation_id, coalesce(s.collector_id, m.collector_id) as collector_id, sum(q.amount) as amount
         from journal_entry e
         join posting q on q.customer_id = e.customer_id and q.entry_id = e.id
           and q.ledger_account = 'COLLECTOR_RECEIVABLE'
         left join collection_standing s on s.repayment_id = e.subject_id
         left join collector_remittance m on m.entry_id = e.subject_id
         group by 1, 2)
        """;

    /// <summary>The columns are: loan, subject, expected value, stored value.</summary>
    public static IReadOnlyList<(string Law, string Sql)> All { get; } =
    [
        (
            "ledger COLLECTOR_RECEIVABLE of a collector = collected - commission - remitted",
            $"""
            select null::uuid, coalesce(w.collector_id, l.collector_id, l.organisation_id),
                   coalesce(w.amount, 0)::text, coalesce(l.amount, 0)::text
            from (select u.collector_id, sum(u.amount) as amount
                  from (select collector_id, amount - commission as amount from {Booked} where status = 'VERIFIED'
                        union all
                        select collector_id, -amount from collector_remittance) u
                  group by 1) w
            full join {Ledger} l on l.collector_id = w.collector_id
            where coalesce(w.amount, 0) <> coalesce(l.amount, 0)
            """
        ),
        (
            "each booked collection is a repayment of its amount, and its commission is booked",
            $"""
            select account_id, collection_id,
                   amount || ': ' || case when status = 'VERIFIED' then (amount - commission) || ' + ' || commission
                                          else '0 + 0' end,
                   coalesce(repaid::text, 'none') || ': ' || receivable || ' + ' || expense
            from {Booked}
            where repaid is distinct from amount
              or receivable <> case when status = 'VERIFIED' then amount - commission else 0 end
              or expense <> case when status = 'VERIFIED' then commission else 0 end
            """
        ),
        (
            "each collection has its standing",
            """
            select null::uuid, c.id, 'a standing', 'none' from collection c
            where not exists (select from collection_standing s
                              where s.collection_id = c.id and s.collector_id = c.collector_id
                                and s.file_id = c.file_id)
            """
        ),
        (
            "each remittance is a bank entry that is no repayment",
            """
            select null::uuid, m.entry_id, 'NOT_A_REPAYMENT with ' || m.amount,
                   coalesce(s.state || ' with ' || s.amount, 'none')
            from collector_remittance m left join entry_standing s on s.entry_id = m.entry_id
            where s.state is distinct from 'NOT_A_REPAYMENT' or s.amount <> m.amount
            """
        ),
        (
            "what a collector collected has its collection",
            """
            select null::uuid, e.subject_id, 'a collection', 'none' from journal_entry e
            where e.kind in ('COLLECTOR_COLLECTED', 'COLLECTION_TAKEN_BACK')
              and not exists (select from collection_standing s
                              where s.repayment_id = e.subject_id and s.customer_id = e.customer_id)
            """
        ),
    ];
}
