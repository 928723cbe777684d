-- The end of day: what the passing of time does to loans, written down day by day.

create domain accrual_posting as text
  constraint known check (value in ('NONE', 'MONTHLY', 'DAILY'));

alter table organisation
  -- When earned interest is recognised.
  add accrual_posting  accrual_posting not null default 'NONE',
  -- Days past due after which earned interest is no income before it is paid; null: it always is.
  add suspended_after_days positive_int default 90,
  -- The last day past due of each bucket of arrears but the last, in ascending order.
  add arrears_buckets  int[] not null default '{30,60,90,180}',
  -- What is set aside for losses, in hundredths of a percent: of current loans, then of each bucket. Null: nothing.
  add provision_rates  int[],
  -- The version of these rules, and the one that all its loans follow. Null: no run has ended yet.
  add day_rules          positive_int not null default 1,
  add day_rules_followed positive_int,
  -- Its local time after which a worker runs the end of the day before.
  add closes_at        time not null default '00:15',
  -- The first day whose end of day is not complete.
  add business_on      date;
update organisation set business_on = (now() at time zone time_zone)::date;
alter table organisation alter business_on set default current_date, alter business_on set not null;

-- What the ends of days have left of each loan. A table of its own: a month end changes it for every loan and most of
-- the accounts stay as they are, and an update of a row here writes two indexes, where an account has nine. Whoever
-- changes it holds the lock of the account too.
create table loan_day (
  customer_id          uuid not null,
  account_id           uuid not null,
  organisation_id      uuid not null,
  -- The version of its organisation's rules that the loan follows; 0: no end of day has seen it.
  day_rules            non_negative_int not null default 0,
  accrual_posting      accrual_posting not null default 'NONE',
  suspended_after_days positive_int,
  -- The last day whose earned interest was recognised; null: the interest is recognised when it is paid.
  accrued_on           date,
  -- Earned by then and unpaid: the balance of INTEREST_RECEIVABLE.
  accrued_interest     minor_units not null default 0,
  -- The part of it that is no income yet, and what was so when the loan was written off.
  suspended_interest   minor_units not null default 0,
  lost_suspense        minor_units not null default 0,
  -- The bucket of arrears that was reported last: 0 is current.
  arrears_bucket       non_negative_int not null default 0,
  -- The last day through which month ends have set aside what may be lost; null: nothing is set aside.
  provision_on         date,
  allowance            minor_units not null default 0,
  -- What a write-off has taken from the allowance.
  allowance_used       minor_units not null default 0,
  -- The first day whose end of day changes something that is stored; null: none.
  next_action_on       date,
  primary key (customer_id, account_id)
) with (fillfactor = 80);
insert into loan_day (customer_id, account_id, organisation_id)
select customer_id, id, organisation_id from loan_account;
-- The work of a day.
create index loan_day_next_action on loan_day (organisation_id, next_action_on, customer_id, account_id)
  where next_action_on is not null;
call check_references('loan_must_exist', 'loan_day');
call forbid_delete('loan_day');

-- One row per organisation and day. It may be run again, which finds nothing to do.
create table end_of_day (
  organisation_id uuid not null references organisation,
  business_on     date not null,
  -- One more each time it is asked for.
  round           positive_int not null default 1,
  -- Who asked for it; null: a worker or a command.
  requested_by    uuid,
  requested_at    timestamptz not null,
  -- Null: no worker has begun.
  started_at      timestamptz,
  -- Null: it is not complete.
  ended_at        timestamptz,
  -- With something to do when it began.
  loans_total     non_negative_int not null default 0,
  loans_done      non_negative_int not null default 0,
  primary key (organisation_id, business_on)
);
create index end_of_day_open on end_of_day (requested_at) where ended_at is null;

-- Loans whose replay fails. They stop nobody else, and each run tries them again.
create table loan_set_aside (
  customer_id     uuid not null,
  account_id      uuid not null,
  organisation_id uuid not null references organisation,
  -- The run that failed last.
  business_on     date not null,
  round           positive_int not null,
  reason          reason not null,
  attempts        positive_int not null,
  recorded_at     timestamptz not null,
  primary key (customer_id, account_id)
);
create index loan_set_aside_organisation on loan_set_aside (organisation_id, account_id);
call check_references('loan_must_exist', 'loan_set_aside');

-- Each reminder of an installment is written once.
create table reminder (
  customer_id uuid not null,
  account_id  uuid not null,
  due_on      date not null,
  -- Which one: days after the due date; before it: negative.
  days        int not null,
  recorded_at timestamptz not null,
  -- The e-mail, which is deleted after some time; null if the customer has none or wants none.
  notice_id   uuid,
  primary key (customer_id, account_id, due_on, days)
);
call check_references('loan_must_exist', 'reminder');
call make_append_only('reminder');

call forbid_delete('end_of_day');

do $$
begin
  if exists (select from pg_roles where rolname = 'paydown_application') then
    grant select, insert, update on end_of_day, loan_day to paydown_application;
    grant select, insert on reminder to paydown_application;
    grant select, insert, update, delete on loan_set_aside to paydown_application;
  end if;
end $$;
