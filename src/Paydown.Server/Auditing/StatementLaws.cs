namespace Paydown.Server.Auditing;

/// <summary>The laws of bank statements and their entries, in the form of <see cref="BookLaws"/>.</summary>
internal static class StatementLaws
{
    // Each entry with what the journal posts for it on the account that stands for its bank account.
    private const string Posted = """
        (select e.id, e.organisation_id, s.state, e.amount, coalesce(p.amount, 0) as posted
         from statement_entry e
         join entry_standing s on s.entry_id = e.id
         join collection_account a on a.id = e.collection_account_id
         left join lateral (
           select sum(p.amount) as amount
           from journal_entry j
           join posting p on p.customer_id = j.customer_id and p.entry_id = j.id
             and p.ledger_account = a.ledger_account
           where j.customer_id = e.organisation_id and j.subject_id = e.id) p on true) b
        """;

    // The entries that the journal has under their own id.
    private const string PostedStates =
        "('TO_DECIDE', 'UNMATCHED', 'NOT_A_REPAYMENT', 'RETURN_ORDERED', 'RETURNED_TO_PAYER')";

    /// <summary>The columns are: loan, subject, expected value, stored value.</summary>
    public static IReadOnlyList<(string Law, string Sql)> All { get; } =
    [
        (
            "ledger UNIDENTIFIED_RECEIPTS = bank entries that nobody has identified",
            """
            select null::uuid, coalesce(s.organisation_id, p.organisation_id), coalesce(s.amount, 0)::text,
                   coalesce(p.amount, 0)::text
            from (select organisation_id, sum(amount) as amount from entry_standing
                  where state in ('TO_DECIDE', 'UNMATCHED') group by 1) s
            full join (select organisation_id, -sum(amount) as amount from posting
                       where ledger_account = 'UNIDENTIFIED_RECEIPTS' group by 1) p
              on p.organisation_id = s.organisation_id
            where coalesce(s.amount, 0) <> coalesce(p.amount, 0)
            """
        ),
        (
            "each bank entry is in the books once: by its repayments, or by itself",
            $"""
            select null::uuid, id,
                   (case when state in {PostedStates} then amount else 0 end)::text, posted::text
            from {Posted} where posted <> case when state in {PostedStates} then amount else 0 end
            """
        ),
        (
            "money that went back to its payer = the money out that it went by",
            """
            select null::uuid, s.entry_id, (-s.amount)::text, coalesce(o.amount || ', ' || o.state, 'none')
            from entry_standing s
            join entry_decision d on d.entry_id = s.entry_id and d.number = s.decisions
            left join entry_standing o on o.entry_id = d.other_entry_id
            left join entry_decision b on b.entry_id = o.entry_id and b.number = o.decisions
            where s.state = 'RETURNED_TO_PAYER'
              and (o.state is distinct from 'RETURNED_TO_PAYER' or o.amount <> -s.amount
                or b.other_entry_id is distinct from s.entry_id)
            """
        ),
        (
            "the repayments of a bank entry = its amount",
            """
            select null::uuid, e.id,
                   (case when s.state in ('MATCHED', 'ASSIGNED') then e.amount else 0 end)::text,
                   coalesce(l.amount, 0)::text
            from statement_entry e
            join entry_standing s on s.entry_id = e.id
            left join (select entry_id, sum(amount) as amount from entry_link group by 1) l on l.entry_id = e.id
            where coalesce(l.amount, 0) <> case when s.state in ('MATCHED', 'ASSIGNED') then e.amount else 0 end
            """
        ),
        (
            "a repayment that bank entries pay is verified with their amount",
            """
            select r.account_id, l.repayment_id, 'VERIFIED with ' || l.amount,
                   coalesce(s.status, 'PENDING') || ' with ' || coalesce(s.amount, r.amount)
            from (select customer_id, repayment_id, sum(amount) as amount from entry_link group by 1, 2) l
            join repayment r on r.customer_id = l.customer_id and r.id = l.repayment_id
            left join repayment_standing s on s.customer_id = l.customer_id and s.repayment_id = l.repayment_id
            where s.status is distinct from 'VERIFIED' or coalesce(s.amount, r.amount) <> l.amount
            """
        ),
        (
            "a repayment has one bank entry, or several that an officer has joined",
            """
            select null::uuid, repayment_id, '1', count(*)::text from entry_link
            group by repayment_id
            having count(*) > 1 and (count(distinct effect) > 1 or min(effect) not in ('JOINED', 'JOINED_CONFIRMED'))
            """
        ),
        (
            "a part of a report waits, and the parts are less than the report",
            """
            select null::uuid, p.entry_id, 'waits', s.state
            from report_part p join entry_standing s on s.entry_id = p.entry_id
            where s.state not in ('TO_DECIDE', 'UNMATCHED') or s.amount <= 0
            union all
            select null::uuid, p.repayment_id, 'less than ' || r.amount, p.amount::text
            from (select p.customer_id, p.repayment_id, sum(e.amount) as amount
                  from report_part p join statement_entry e on e.id = p.entry_id group by 1, 2) p
            join pending_repayment r on r.customer_id = p.customer_id and r.repayment_id = p.repayment_id
            where p.amount >= r.amount
            """
        ),
        (
            "each bank entry has its standing, which is its last decision",
            """
            select null::uuid, e.id, coalesce(d.count, 0) || ' decisions, ' || coalesce(l.state, 'none'),
                   coalesce(s.decisions || ' decisions, ' || s.state, 'no standing')
            from statement_entry e
            left join entry_standing s on s.entry_id = e.id
            left join (select entry_id, count(*)::int as count from entry_decision group by 1) d on d.entry_id = e.id
            left join entry_decision l on l.entry_id = e.id and l.number = d.count
            where s.state is null or s.decisions <> coalesce(d.count, 0) or s.amount <> e.amount
              or s.state <> coalesce(l.state, case e.status when 'BOOK' then 'WAITING' else 'ANNOUNCED' end)
            """
        ),
        (
            "only booked entries are money",
            """
            select null::uuid, e.id, 'ANNOUNCED', s.state
            from statement_entry e join entry_standing s on s.entry_id = e.id
            where case when e.status = 'BOOK' then s.state in ('ANNOUNCED', 'BOOKED')
                       else s.state not in ('ANNOUNCED', 'BOOKED')
                         and not exists (select from entry_decision d
                                         where d.entry_id = e.id and d.number = 1 and d.state = 'WAITING') end
            """
        ),
        (
            "a collective booking = its details, which are in its place",
            """
            select null::uuid, coalesce(b.entry_id, d.booking_id), coalesce(b.amount, 0)::text,
                   coalesce(d.amount, 0)::text
            from (select entry_id, amount from entry_standing where state = 'ITEMISED') b
            full join (select d.other_entry_id as booking_id, sum(e.amount) as amount
                       from entry_decision d join statement_entry e on e.id = d.entry_id and e.status = 'INFO'
                       where d.number = 1 and d.state = 'WAITING' group by 1) d on d.booking_id = b.entry_id
            where b.amount is distinct from d.amount
            """
        ),
        (
            "new entries of a statement = its entries",
            """
            select null::uuid, b.id, e.count::text, b.new_count::text
            from bank_statement b
            cross join lateral (select count(*) as count from statement_entry e where e.statement_id = b.id) e
            where e.count <> b.new_count
            """
        ),
        (
            "opening balance + entries = closing balance",
            """
            select null::uuid, b.id, b.closing_amount::text, (b.opening_amount + coalesce(e.amount, 0))::text
            from bank_statement b
            cross join lateral (
              select sum(e.amount) as amount from statement_entry e
              where e.statement_id = b.id and e.status = 'BOOK') e
            where b.state = 'TAKEN' and b.balance_check = 'ADD_UP' and b.new_count = b.entry_count
              and b.opening_amount + coalesce(e.amount, 0) <> b.closing_amount
            """
        ),
        (
            "the balance of a bank account = its ledger, its items in transit and what statements leave out",
            """
            select null::uuid, p.account_id, p.balance::text, (p.balance - p.unexplained)::text
            from organisation o
            cross join lateral (
              select account_id, coalesce(sum(amount) filter (where side = 'CLOSING'), 0) as balance,
                     coalesce(sum(case when side = 'CLOSING' then amount
                                       when side in ('OPENING', 'MISSING', 'BANK', 'BOOKED') then -amount
                                       when side = 'LEDGER' and entry_id is not null then amount end), 0)
                       as unexplained
              from bank_part(o.id, 'infinity') group by account_id) p
            where p.unexplained <> 0
            """
        ),
        (
            "each journal entry of a bank entry has its bank entry",
            """
            select null::uuid, j.subject_id, 'a bank entry of the organisation', 'none' from journal_entry j
            where j.kind in ('MONEY_UNIDENTIFIED', 'MONEY_IDENTIFIED', 'BANK_CHARGED', 'BANK_INTEREST_PAID',
                             'BANK_ENTRY_UNDONE', 'PAYER_RETURN_ORDERED', 'PAYER_RETURN_PAID', 'COLLECTOR_REMITTED')
              and not exists (select from statement_entry e
                              where e.id = j.subject_id and e.organisation_id = j.organisation_id
                                and j.customer_id = e.organisation_id)
            """
        ),
    ];
}
