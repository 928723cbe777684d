namespace Paydown.Server.Auditing;

/// <summary>
/// The laws of applications and the loans made of them. Each is one statement that finds its breaches. A loan that was
/// taken over has no application row, so these laws do not apply to it.
/// </summary>
internal static class ApplicationLaws
{
    // The columns are: loan, subject, expected value, stored value.
    public static IReadOnlyList<(string Law, string Sql)> All { get; } =
    [
        (
            "each disbursed application has its loan",
            """
            select null::uuid, a.id, 'a loan of the customer', 'none' from loan_application a
            where a.status = 'DISBURSED' and not exists (
              select from loan_account l where l.customer_id = a.customer_id and l.loan_application_id = a.id
                and l.state <> 'PENDING_DISBURSEMENT')
            """
        ),
        (
            "each loan of an application is of a disbursed one",
            """
            select l.id, a.id, 'DISBURSED', a.status
            from loan_application a
            join loan_account l on l.customer_id = a.customer_id and l.loan_application_id = a.id
            where a.status <> 'DISBURSED' and l.state <> 'PENDING_DISBURSEMENT'
            """
        ),
        (
            "terms of the loan = terms of the offer",
            """
            select l.id, a.id, coalesce(o.terms::text, 'an offer'), coalesce(t.terms::text, 'none')
            from loan_application a
            join loan_account l on l.customer_id = a.customer_id and l.loan_application_id = a.id
            left join loan_terms t on t.customer_id = l.customer_id and t.account_id = l.id
            left join loan_offer o on o.customer_id = a.customer_id and o.application_id = a.id
              and o.number = a.offer_number
            where o.terms is distinct from t.terms::jsonb
            """
        ),
        (
            "state of an application = its last event",
            """
            select null::uuid, a.id, coalesce(e.status, 'an event'), a.status
            from loan_application a
            left join lateral (
              select status from loan_application_event e
              where e.customer_id = a.customer_id and e.application_id = a.id
              order by sequence desc limit 1) e on true
            where e.status is distinct from a.status
            """
        ),
        (
            "score of an application = its parts",
            """
            select null::uuid, a.id, p.points::text, a.score::text
            from loan_application a
            cross join lateral (
              select sum((part->>'points')::int) as points from jsonb_array_elements(a.score_parts) part) p
            where p.points is distinct from a.score
            """
        ),
        (
            "disbursed = credited to the wallet",
            """
            select l.id, a.id, sum(e.amount)::text, sum(coalesce(w.amount, 0))::text
            from loan_application a
            join loan_account l on l.customer_id = a.customer_id and l.loan_application_id = a.id
            join loan_event e on e.customer_id = l.customer_id and e.account_id = l.id and e.kind = 'DISBURSEMENT'
            left join lateral (
              select -sum(p.amount) as amount
              from journal_entry j join posting p on p.customer_id = j.customer_id and p.entry_id = j.id
              where j.customer_id = e.customer_id and j.account_id is null and j.subject_id = e.id
                and j.kind = 'DISBURSED_TO_WALLET' and p.ledger_account = 'CUSTOMER_WALLET') w on true
            group by l.id, a.id having sum(e.amount) <> sum(coalesce(w.amount, 0))
            """
        ),
        (
            "each disbursement that was undone came back from the wallet",
            """
            select l.id, e.id, e.amount::text, coalesce(w.amount, 0)::text
            from loan_account l
            join loan_event r on r.customer_id = l.customer_id and r.account_id = l.id and r.kind = 'REVERSAL'
            join loan_event e on e.customer_id = l.customer_id and e.account_id = l.id and e.id = r.target_id
              and e.kind = 'DISBURSEMENT'
            left join lateral (
              select sum(p.amount) as amount
              from journal_entry j join posting p on p.customer_id = j.customer_id and p.entry_id = j.id
              where j.customer_id = e.customer_id and j.account_id is null and j.subject_id = e.id
                and j.kind = 'DISBURSEMENT_TAKEN_BACK' and p.ledger_account = 'CUSTOMER_WALLET') w on true
            where l.loan_application_id is not null and e.amount is distinct from w.amount
            """
        ),
        (
            "fees kept back = fees of the offer",
            """
            select l.id, a.id, f.amount::text, coalesce(w.amount, 0)::text
            from loan_application a
            join loan_account l on l.customer_id = a.customer_id and l.loan_application_id = a.id
            join loan_offer o on o.customer_id = a.customer_id and o.application_id = a.id
              and o.number = a.offer_number
            cross join lateral (
              select coalesce(sum((fee->>'amountMinor')::bigint), 0) as amount
              from jsonb_array_elements(o.fees) fee where fee->>'charged' = 'DEDUCTED') f
            left join lateral (
              select sum(p.amount) as amount
              from journal_entry j join posting p on p.customer_id = j.customer_id and p.entry_id = j.id
              where j.customer_id = a.customer_id and j.account_id is null
                and j.kind in ('DISBURSEMENT_FEE_DEDUCTED', 'DISBURSEMENT_FEES_RETURNED') and p.ledger_account = 'CUSTOMER_WALLET'
                and j.subject_id in (select e.id from loan_event e
                                     where e.customer_id = l.customer_id and e.account_id = l.id)) w on true
            where case when l.state = 'PENDING_DISBURSEMENT' then 0 else f.amount end <> coalesce(w.amount, 0)
            """
        ),
        (
            "down payment collected = paid from the wallet",
            """
            select l.id, j.subject_id, sum(p.amount)::text, coalesce(max(w.amount), 0)::text
            from loan_application a
            join loan_account l on l.customer_id = a.customer_id and l.loan_application_id = a.id
            join journal_entry j on j.customer_id = l.customer_id and j.account_id = l.id
              and j.kind in ('DOWN_PAYMENT_COLLECTED', 'ALLOCATION_ADJUSTED')
            join posting p on p.customer_id = j.customer_id and p.entry_id = j.id
              and p.ledger_account = 'COLLECTION_ACCOUNT'
            left join lateral (
              select sum(q.amount) as amount
              from journal_entry k join posting q on q.customer_id = k.customer_id and q.entry_id = k.id
              where k.customer_id = j.customer_id and k.account_id is null and k.subject_id = j.subject_id
                and k.kind in ('REPAID_FROM_WALLET', 'RETURNED_TO_WALLET') and q.ledger_account = 'CUSTOMER_WALLET') w on true
            group by l.id, j.subject_id
            having bool_or(j.kind = 'DOWN_PAYMENT_COLLECTED') and sum(p.amount) <> coalesce(max(w.amount), 0)
            """
        ),
    ];
}
