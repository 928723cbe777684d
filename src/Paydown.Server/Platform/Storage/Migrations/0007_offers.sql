-- An application may be offered again: when paying out later would cost more than its customer accepted, or when the
-- first due date that was agreed has come too close.
alter table loan_application
  -- The offer that stands; 0: none was sent.
  add column offer_number int not null default 0 check (offer_number >= 0),
  -- The first due date that the customer asked for; null: one period after payout.
  add column requested_first_due_on date,
  -- The first due date that was approved.
  add column approved_first_due_on date,
  -- All that the customer agreed to pay back, as the offer showed it on the day of acceptance.
  add column accepted_total bigint check (accepted_total > 0),
  add column accepted_on date,
  add constraint loan_application_accepted check ((accepted_total is null) = (accepted_on is null));

update loan_application a
set offer_number = 1,
    accepted_total = case when a.status = 'ACCEPTED' then o.total_repayment end,
    accepted_on = case when a.status = 'ACCEPTED' then o.sent_at::date end
from loan_offer o
where o.customer_id = a.customer_id and o.application_id = a.id;

alter table loan_offer
  add column number int not null default 1 check (number > 0),
  drop constraint loan_offer_pkey,
  add primary key (customer_id, application_id, number);
alter table loan_offer alter column number drop default;
