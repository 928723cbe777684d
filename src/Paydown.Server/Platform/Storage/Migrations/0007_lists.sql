-- Every page of a list is read along an index, in the order of the list: what a page costs does not depend on how much
-- an organisation has.

-- The audit trail, newest first, by each of its filters.
drop index audit_entry_subject;
drop index audit_entry_actor;
create index audit_entry_time on audit_entry (organisation_id, recorded_at, id);
create index audit_entry_subject on audit_entry (organisation_id, subject_id, recorded_at, id);
create index audit_entry_actor on audit_entry (organisation_id, actor_id, recorded_at, id);
create index audit_entry_action on audit_entry (organisation_id, action, recorded_at, id);

-- Products are listed by the name that they have now.
alter table loan_product add column name text;
update loan_product p set name = v.definition->>'name'
from loan_product_version v
where v.organisation_id = p.organisation_id and v.product_id = p.id and v.version = p.version;
alter table loan_product alter column name set not null;
create index loan_product_name on loan_product (organisation_id, name, id);

-- An application is shown as EXPIRED by its offer, and as PAID_OFF by its loan. The state of a loan changes twice in
-- its life, so that reports and verifications do not touch these indexes.
create index loan_offer_expiry on loan_offer (expires_at);
create index loan_account_running on loan_account (organisation_id, loan_application_id)
  where state not in ('CLOSED', 'OVERPAID');
create index loan_account_paid_off on loan_account (organisation_id, loan_application_id)
  where state in ('CLOSED', 'OVERPAID');

-- What came to a wallet and left it, with the balance after each: the history of a wallet without adding up all of it.
-- Written by the statement that changes the balance; `paydown audit` adds up the postings again.
alter table wallet add column entry_count int not null default 0 check (entry_count >= 0);
create table wallet_entry (
  customer_id uuid not null references wallet,
  -- Counts from 1 in the order in which the balance changed.
  sequence    int not null check (sequence > 0),
  -- The journal entry.
  entry_id    uuid not null,
  -- Positive where money came, negative where it left.
  change      bigint not null,
  balance     bigint not null,
  primary key (customer_id, sequence)
);
insert into wallet_entry (customer_id, sequence, entry_id, change, balance)
select customer_id, row_number() over earlier, id, change, sum(change) over earlier
from (select e.customer_id, e.id, -sum(p.amount)::bigint as change
      from journal_entry e
      join posting p on p.customer_id = e.customer_id and p.entry_id = e.id and p.ledger_account = 'CUSTOMER_WALLET'
      group by e.customer_id, e.id) moved
window earlier as (partition by customer_id order by id);
update wallet w set entry_count = (select count(*) from wallet_entry e where e.customer_id = w.customer_id);
create trigger append_only before update or delete or truncate on wallet_entry
  for each statement execute function refuse_change();
