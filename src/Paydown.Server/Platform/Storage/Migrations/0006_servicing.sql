-- The first word of two managers on writing off a loan. It holds for the loan as it stood then: any later event ends
-- it.
create table write_off_approval (
  customer_id   uuid not null,
  account_id    uuid not null,
  -- Events of the loan at that moment.
  event_count   int not null check (event_count > 0),
  approved_by   uuid not null,
  reason        text not null,
  recorded_at   timestamptz not null,
  primary key (customer_id, account_id, event_count),
  foreign key (customer_id, account_id) references loan_account
);
create trigger append_only before update or delete or truncate on write_off_approval
  for each statement execute function refuse_change();
