namespace Paydown.Server.Auditing;

/// <summary>The laws of wallets and transfers, in the form of <see cref="BookLaws"/>.</summary>
internal static class WalletLaws
{
    // Each transfer with its amounts in the journal.
    private const string Booked = """
        (select t.id, t.amount, t.fee, s.status,
                coalesce(sum(p.amount) filter (where p.ledger_account = 'CUSTOMER_WALLET'
                  and e.kind in ('FUNDS_WITHDRAWN', 'WITHDRAWAL_FEE_TAKEN')), 0) as taken,
                coalesce(-sum(p.amount) filter (where p.ledger_account = 'CUSTOMER_WALLET'
                  and e.kind = 'WITHDRAWAL_FAILED'), 0) as returned,
                coalesce(-sum(p.amount) filter (where p.ledger_account = 'CUSTOMER_WALLET'
                  and e.kind = 'WITHDRAWAL_RETURNED'), 0) as sent_back,
                coalesce(sum(p.amount) filter (where p.ledger_account = 'PAYOUT_CLEARING'
                  and e.kind = 'WITHDRAWAL_SETTLED'), 0) as settled
         from wallet_transfer t
         left join wallet_transfer_standing s on s.customer_id = t.customer_id and s.transfer_id = t.id
         left join journal_entry e on e.customer_id = t.customer_id and e.subject_id = t.id
         left join posting p on p.customer_id = e.customer_id and p.entry_id = e.id
         group by t.customer_id, t.id, s.status) b
        """;

    /// <summary>The columns are: loan, subject, expected value, stored value.</summary>
    public static IReadOnlyList<(string Law, string Sql)> All { get; } =
    [
        (
            "wallet balance = ledger",
            """
            select null::uuid, coalesce(w.customer_id, p.customer_id), coalesce(p.balance, 0)::text,
                   coalesce(w.balance::text, 'no wallet')
            from wallet w
            full join (select customer_id, -sum(amount) as balance from posting
                       where ledger_account = 'CUSTOMER_WALLET' group by customer_id) p
              on p.customer_id = w.customer_id
            where w.balance is null or w.balance <> coalesce(p.balance, 0)
            """
        ),
        (
            "each movement of a wallet has its line, with the balance after it",
            """
            select null::uuid, coalesce(w.customer_id, p.customer_id),
                   coalesce(p.change::text || ' by entry ' || p.entry_id, 'no movement'),
                   coalesce(w.change || ', balance ' || w.balance || ', line ' || w.sequence, 'no line')
            from (select *, sum(change) over (partition by customer_id order by sequence) as right_balance,
                         row_number() over (partition by customer_id order by sequence) as right_sequence
                  from wallet_entry) w
            full join (select customer_id, entry_id, -sum(amount) as change from posting
                       where ledger_account = 'CUSTOMER_WALLET' group by 1, 2) p
              on p.customer_id = w.customer_id and p.entry_id = w.entry_id
            where w.change is distinct from p.change or w.balance <> w.right_balance or w.sequence <> w.right_sequence
            """
        ),
        (
            "no wallet is below zero",
            """
            select null::uuid, customer_id, '0 or more', (-sum(amount))::text from posting
            where ledger_account = 'CUSTOMER_WALLET' group by customer_id having sum(amount) > 0
            """
        ),
        (
            "ledger PAYOUT_CLEARING = transfers and returns to payers under way",
            """
            select null::uuid, coalesce(s.organisation_id, p.organisation_id), coalesce(s.amount, 0)::text,
                   coalesce(p.amount, 0)::text
            from (select u.organisation_id, sum(u.amount) as amount
                  from (select s.organisation_id, t.amount::bigint as amount
                        from wallet_transfer_standing s
                        join wallet_transfer t on t.customer_id = s.customer_id and t.id = s.transfer_id
                        where s.status in ('PENDING', 'PROCESSING')
                        union all
                        select organisation_id, amount from entry_standing where state = 'RETURN_ORDERED') u
                  group by 1) s
            full join (select organisation_id, -sum(amount) as amount from posting
                       where ledger_account = 'PAYOUT_CLEARING' group by 1) p
              on p.organisation_id = s.organisation_id
            where coalesce(s.amount, 0) <> coalesce(p.amount, 0)
            """
        ),
        (
            "each transfer took its amount and fee from the wallet once",
            $"select null::uuid, id, (amount + fee)::text, taken::text from {Booked} where taken <> amount + fee"
        ),
        (
            "a failed transfer returned its amount and fee once, and no other did",
            $"""
            select null::uuid, id, case status when 'FAILED' then amount + fee else 0 end::text, returned::text
            from {Booked} where returned <> case status when 'FAILED' then amount + fee else 0 end
            """
        ),
        (
            "a completed transfer settled its amount once, and no other did",
            $"""
            select null::uuid, id, case when status in ('COMPLETED', 'RETURNED') then amount else 0 end::text,
                   settled::text
            from {Booked} where settled <> case when status in ('COMPLETED', 'RETURNED') then amount else 0 end
            """
        ),
        (
            "a returned transfer gave its amount back once, and no other did",
            $"""
            select null::uuid, id, case status when 'RETURNED' then amount else 0 end::text, sent_back::text
            from {Booked} where sent_back <> case status when 'RETURNED' then amount else 0 end
            """
        ),
        (
            "each transfer has its standing, which is its outcome",
            """
            select null::uuid, t.id,
                   case when r.transfer_id is not null then 'RETURNED'
                        else coalesce(o.status, 'PENDING or PROCESSING') end,
                   coalesce(s.status, 'none')
            from wallet_transfer t
            left join wallet_transfer_standing s on s.customer_id = t.customer_id and s.transfer_id = t.id
            left join wallet_transfer_outcome o on o.customer_id = t.customer_id and o.transfer_id = t.id
            left join wallet_transfer_return r on r.customer_id = t.customer_id and r.transfer_id = t.id
            where s.status is null
              or case when r.transfer_id is not null then 'RETURNED' else coalesce(o.status, s.status) end <> s.status
              or r.transfer_id is not null and o.status <> 'COMPLETED'
              or o.status is null and s.status not in ('PENDING', 'PROCESSING')
            """
        ),
        (
            "each withdrawal in the journal has its transfer",
            """
            select null::uuid, e.subject_id, 'a transfer of the customer', 'none' from journal_entry e
            where e.kind in ('FUNDS_WITHDRAWN', 'WITHDRAWAL_FEE_TAKEN', 'WITHDRAWAL_SETTLED', 'WITHDRAWAL_FAILED',
                             'WITHDRAWAL_RETURNED')
              and not exists (select from wallet_transfer t
                              where t.customer_id = e.customer_id and t.id = e.subject_id)
            """
        ),
    ];
}
