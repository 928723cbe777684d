-- How officers find loans.

create index loan_account_state on loan_account (organisation_id, state, id);
create index loan_account_product on loan_account (organisation_id, product_name, id);

-- The due date of the earliest installment with an outstanding amount, of each loan that has one. A copy of
-- loan_account.next_due_on, which most verifications change: an index there would make each of them write all indexes
-- of the account. `paydown audit` compares the two.
create table loan_due (
  customer_id     uuid not null,
  account_id      uuid not null,
  organisation_id uuid not null,
  due_on          date not null,
  primary key (customer_id, account_id)
);
create index loan_due_organisation on loan_due (organisation_id, due_on, account_id);

create function loan_is_due() returns trigger language plpgsql set enable_seqscan = off as $$
begin
  if new.next_due_on is null then
    delete from loan_due where customer_id = new.customer_id and account_id = new.id;
  else
    insert into loan_due (customer_id, account_id, organisation_id, due_on)
    values (new.customer_id, new.id, new.organisation_id, new.next_due_on)
    on conflict (customer_id, account_id) do update set due_on = excluded.due_on;
  end if;
  return null;
end $$;
create trigger new_loan_is_due after insert on loan_account
  for each row when (new.next_due_on is not null) execute function loan_is_due();
create trigger loan_is_due after update of next_due_on on loan_account
  for each row when (new.next_due_on is distinct from old.next_due_on) execute function loan_is_due();

do $$
begin
  if exists (select from pg_roles where rolname = 'paydown_application') then
    grant select, insert, update, delete on loan_due to paydown_application;
  end if;
end $$;
