using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Auditing;

/// <summary>The laws that hold over all loans. Each is one statement that finds its breaches.</summary>
public static class BookLaws
{
    // The columns are: loan, subject, expected value, stored value.
    private static readonly (string Law, string Sql)[] Laws =
    [
        (
            "the officers' list of pending repayments = repayments not decided",
            """
            select coalesce(r.account_id, d.account_id), coalesce(p.repayment_id, r.id),
                   case when r.id is null then 'not listed' else 'listed with ' || r.amount end,
                   case when p.repayment_id is null then 'not listed' else 'listed with ' || p.amount end
            from (select r.* from repayment r
                  where not exists (select from repayment_standing s
                                    where s.customer_id = r.customer_id and s.repayment_id = r.id)) r
            full join pending_repayment p
              on p.organisation_id = r.organisation_id and p.recorded_at = r.recorded_at and p.repayment_id = r.id
                and p.customer_id = r.customer_id
            left join repayment d on d.customer_id = p.customer_id and d.id = p.repayment_id
            where r.id is null or p.repayment_id is null or p.amount <> r.amount
            """
        ),
        (
            "the officers' list of due dates = loans with an unpaid installment",
            """
            select coalesce(l.id, d.account_id), null::uuid, coalesce(l.next_due_on::text, 'not listed'),
                   coalesce(d.due_on::text, 'not listed')
            from (select * from loan_account where next_due_on is not null) l
            full join loan_due d on d.customer_id = l.customer_id and d.account_id = l.id
            where (l.organisation_id, l.next_due_on) is distinct from (d.organisation_id, d.due_on)
            """
        ),
        (
            "a decided repayment is listed as it was reported",
            """
            select r.account_id, r.id, r.organisation_id || ' ' || r.recorded_at || ' ' || r.amount,
                   s.organisation_id || ' ' || s.recorded_at || ' ' || s.reported_amount
            from repayment_standing s join repayment r on r.customer_id = s.customer_id and r.id = s.repayment_id
            where (r.organisation_id, r.recorded_at, r.amount)
              <> (s.organisation_id, s.recorded_at, s.reported_amount)
            """
        ),
        (
            "each open loan follows its organisation's rules, or the next end of day sees it",
            """
            select l.id, l.organisation_id, o.day_rules::text, d.day_rules::text
            from loan_account l join organisation o on o.id = l.organisation_id
            join loan_day d on d.customer_id = l.customer_id and d.account_id = l.id
            where l.state = 'ACTIVE' and o.day_rules_followed = o.day_rules and d.day_rules <> o.day_rules
              and (d.next_action_on is null or d.next_action_on > o.business_on)
            """
        ),
        (
            "trial balance = 0",
            """
            select null::uuid, organisation_id, '0', sum(amount)::text
            from posting group by organisation_id having sum(amount) <> 0
            """
        ),
        (
            "ledger balance per month = journal",
            """
            select null::uuid, coalesce(b.organisation_id, p.organisation_id),
                   coalesce(p.account || ' ' || p.month || ': ' || p.debit || ' - ' || p.credit, 'no entry'),
                   coalesce(b.account || ' ' || b.month || ': ' || b.debit || ' - ' || b.credit, 'no balance')
            from (select organisation_id, ledger_account as account, currency_code, month, sum(debit) as debit,
                         sum(credit) as credit
                  from ledger_balance group by 1, 2, 3, 4) b
            full join (select e.organisation_id, p.account, e.currency_code,
                              date_trunc('month', e.effective_on)::date as month,
                              coalesce(sum(p.amount) filter (where p.amount > 0), 0) as debit,
                              coalesce(-sum(p.amount) filter (where p.amount < 0), 0) as credit
                       from journal_entry e
                       cross join lateral unnest(e.ledger_accounts, e.amounts) as p (account, amount)
                       group by 1, 2, 3, 4) p
              on p.organisation_id = b.organisation_id and p.account = b.account
                and p.currency_code = b.currency_code and p.month = b.month
            where (p.debit, p.credit) is distinct from (b.debit, b.credit)
            """
        ),
        (
            "the business date follows the last day that is complete",
            """
            select null::uuid, o.id, 'after ' || e.business_on, o.business_on::text
            from organisation o join end_of_day e on e.organisation_id = o.id
            where e.ended_at is not null and o.business_on <= e.business_on
            """
        ),
        (
            "each journal entry balances",
            """
            select null::uuid, entry_id, '0', sum(amount)::text
            from posting group by customer_id, entry_id having sum(amount) <> 0
            """
        ),
        (
            "each journal entry of a loan has its loan",
            """
            select e.account_id, e.id, 'a loan of the customer', 'none' from journal_entry e
            where e.account_id is not null
              and not exists (select from loan_account l where l.customer_id = e.customer_id and l.id = e.account_id)
            """
        ),
        (
            "each loan has its terms",
            """
            select l.id, l.id, 'terms', 'none' from loan_account l
            where not exists (select from loan_terms t where t.customer_id = l.customer_id and t.account_id = l.id)
            """
        ),
        (
            "each loan has its reference",
            """
            select l.id, l.id, l.reference, coalesce(r.account_id::text, 'none') from loan_account l
            left join loan_reference r on r.organisation_id = l.organisation_id and r.reference = l.reference
            where (r.customer_id, r.account_id) is distinct from (l.customer_id, l.id)
            """
        ),
        (
            "each repayment has its loan",
            """
            select r.account_id, r.id, 'a loan of the customer', 'none' from repayment r
            where not exists (select from loan_account l where l.customer_id = r.customer_id and l.id = r.account_id)
            """
        ),
        (
            "nobody verifies what they recorded",
            """
            select r.account_id, r.id, 'another officer', d.kind::text || ' by ' || d.decided_by
            from repayment r
            join repayment_decision d
              on d.customer_id = r.customer_id and d.repayment_id = r.id and d.kind in ('FIRST_APPROVAL', 'VERIFIED')
            where r.recorded_by <> r.customer_id and d.decided_by = r.recorded_by
            """
        ),
        (
            "a repayment is withdrawn by its customer",
            """
            select r.account_id, r.id, 'customer ' || r.customer_id, d.decided_by::text
            from repayment r
            join repayment_decision d
              on d.customer_id = r.customer_id and d.repayment_id = r.id and d.kind = 'WITHDRAWN'
            where d.decided_by <> r.customer_id
            """
        ),
        (
            "each repayment from a wallet took its amount from there",
            $"""
            select r.account_id, r.id, r.amount::text, coalesce(w.amount, 0)::text
            from repayment r
            join repayment_decision d
              on d.customer_id = r.customer_id and d.repayment_id = r.id and d.kind = 'VERIFIED'
            {MovedBy("REPAID_FROM_WALLET", "r")}
            where r.method = 'WALLET' and w.amount is distinct from r.amount
            """
        ),
        (
            "each reversed repayment from a wallet returned there",
            $"""
            select r.account_id, r.id, (-r.amount)::text, coalesce(w.amount, 0)::text
            from repayment r
            join repayment_decision d
              on d.customer_id = r.customer_id and d.repayment_id = r.id and d.kind = 'REVERSED'
            {MovedBy("RETURNED_TO_WALLET", "r")}
            where r.method = 'WALLET' and w.amount is distinct from -r.amount
            """
        ),
        (
            "each refund went to the wallet",
            $"""
            select r.account_id, r.id, (-r.amount)::text, coalesce(w.amount, 0)::text
            from (select * from loan_event where kind = 'CREDIT_BALANCE_REFUND') r
            {MovedBy("REFUNDED_TO_WALLET", "r")}
            where w.amount is distinct from -r.amount
            """
        ),
        (
            "each act that was undone has its reason",
            """
            select h.account_id, h.id, 'a reason', 'none' from loan_event h
            join loan_event t on t.customer_id = h.customer_id and t.account_id = h.account_id and t.id = h.target_id
              and (t.act is not null
                or t.kind in ('CHARGE', 'WAIVER', 'CREDIT_BALANCE_REFUND', 'WRITE_OFF', 'CHARGE_ADJUSTMENT',
                              'INTEREST_PAYMENT_WAIVER'))
            where h.kind = 'REVERSAL' and not exists (
              select from loan_event_reason r
              where r.customer_id = h.customer_id and r.account_id = h.account_id and r.event_id = h.id)
            """
        ),
        (
            "each refund that was taken back came from the wallet",
            $"""
            select r.account_id, r.target_id, f.amount::text, coalesce(w.amount, 0)::text
            from (select h.customer_id, h.account_id, h.target_id, h.target_id as id from loan_event h
                  where h.kind = 'REVERSAL') r
            join loan_event f on f.customer_id = r.customer_id and f.account_id = r.account_id and f.id = r.target_id
              and f.kind = 'CREDIT_BALANCE_REFUND'
            {MovedBy("REFUND_TAKEN_BACK", "r")}
            where w.amount is distinct from f.amount
            """
        ),
        (
            "what moves between loan and wallet has its record in the loan",
            """
            select null::uuid, e.id, 'a repayment or a refund', e.kind::text from journal_entry e
            where e.kind in ('REPAID_FROM_WALLET', 'RETURNED_TO_WALLET', 'REFUNDED_TO_WALLET',
                             'REFUND_TAKEN_BACK')
              and not exists (select from loan_event h where h.customer_id = e.customer_id and h.id = e.subject_id)
              -- An automatic down payment has no event of its own; its entry is in the loan's books.
              and not exists (
                select from journal_entry d
                where d.customer_id = e.customer_id and d.subject_id = e.subject_id
                  and d.account_id is not null and d.kind = 'DOWN_PAYMENT_COLLECTED')
            """
        ),
        (
            "each stored answer has the repayment or transfer that it is about",
            """
            select null::uuid, a.subject_id, 'a repayment or a transfer', 'none' from idempotency_record a
            where a.subject_id is not null
              and not exists (select from repayment r where r.id = a.subject_id)
              and not exists (select from wallet_transfer t where t.id = a.subject_id)
            """
        ),
    ];

    /// <summary>All laws.</summary>
    public static IReadOnlyList<(string Law, string Sql)> All { get; } =
    [.. Laws, .. ApplicationLaws.All, .. WalletLaws.All, .. StatementLaws.All, .. CollectorLaws.All];

    /// <summary>Returns the breaches of a law.</summary>
    public static async Task<IReadOnlyList<Breach>> CheckAsync(
        NpgsqlConnection connection,
        (string Law, string Sql) law,
        CancellationToken cancellation
    )
    {
        var breaches = new List<Breach>();
        await using var command = new NpgsqlCommand(
            $"select * from ({law.Sql}) as breach (loan_id, subject_id, expected, got)",
            connection
        );
        command.CommandTimeout = 0;
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            breaches.Add(
                new Breach(
                    law.Law,
                    reader.IdOrNull<LoanId>("loan_id"),
                    reader.IdOrNull<SubjectId>("subject_id"),
                    reader.Text("expected"),
                    reader.Text("got")
                )
            );
        }

        return breaches;
    }

    // The amount that entries of a kind took from the wallet for a repayment or an event; negative if they paid it in.
    private static string MovedBy(string kind, string subject) =>
        $"""
            left join (select e.customer_id, e.subject_id, sum(p.amount) as amount
                       from journal_entry e
                       join posting p on p.customer_id = e.customer_id and p.entry_id = e.id
                         and p.ledger_account = 'CUSTOMER_WALLET'
                       where e.kind = '{kind}' group by 1, 2) w
              on w.customer_id = {subject}.customer_id and w.subject_id = {subject}.id
            """;
}
