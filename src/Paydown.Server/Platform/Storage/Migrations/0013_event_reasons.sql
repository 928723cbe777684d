-- Why an officer charged, waived, refunded, wrote off or undid. A table of its own, since most events have no reason.
create table loan_event_reason (
  customer_id uuid not null,
  account_id  uuid not null,
  event_id    uuid not null,
  reason      text not null check (reason <> ''),
  primary key (customer_id, account_id, event_id),
  foreign key (customer_id, account_id) references loan_account
);
create trigger append_only before update or delete or truncate on loan_event_reason
  for each statement execute function refuse_change();

-- Officers name a bank account without its customer.
create unique index bank_account_id on bank_account (id);

-- Agents list the applications that they made.
create index loan_application_requested_by on loan_application (organisation_id, requested_by, id);
