-- From product to disbursement. What was decided is append-only; where an application stands is one row beside it.

alter table organisation
  add column withdrawal_fee           bigint not null default 0 check (withdrawal_fee >= 0),
  add column asks_transaction_pin     boolean not null default false,
  add column terms_and_conditions     text not null default '',
  add column terms_updated_at         timestamptz;

-- What is known of a customer beyond the name. A customer who was taken over may have no row.
create table customer_profile (
  customer_id     uuid primary key references app_user,
  organisation_id uuid not null,
  dialing_code    text not null,
  phone           text not null,
  date_of_birth   date not null,
  address1        text not null,
  address2        text,
  country_name    text not null,
  country_iso3    text not null check (country_iso3 ~ '^[A-Z]{3}$'),
  postcode        text,
  recorded_at     timestamptz not null
);

-- People whom an organisation lends nothing: a bank verification number, an e-mail or a phone number.
create table blacklist_entry (
  organisation_id uuid not null references organisation,
  kind            text not null check (kind in ('BVN', 'EMAIL', 'PHONE')),
  value           text not null,
  reason          text not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, kind, value)
);

create table loan_product (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  -- The version that is offered now.
  version         int not null check (version > 0),
  is_open         boolean not null,
  primary key (organisation_id, id)
);

create table loan_product_version (
  organisation_id uuid not null,
  product_id      uuid not null,
  version         int not null check (version > 0),
  -- JSON with the names of Paydown.Lending.Products.LoanProduct.
  definition      jsonb not null,
  recorded_by     uuid not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, product_id, version),
  foreign key (organisation_id, product_id) references loan_product deferrable initially deferred
);

create table loan_application (
  customer_id       uuid not null,
  id                uuid not null,
  organisation_id   uuid not null,
  product_id        uuid not null,
  product_version   int not null,
  status            text not null
                    check (status in ('REQUESTED', 'APPROVED', 'REJECTED', 'OFFER_SENT', 'ACCEPTED', 'WITHDRAWN',
                                      'EXPIRED', 'CANCELLED', 'DISBURSED')),
  currency_code     text not null check (currency_code ~ '^[A-Z]{3}$'),
  requested_amount  bigint not null check (requested_amount > 0),
  duration          int not null check (duration > 0),
  duration_counter  int not null,
  repayment_method  text not null,
  employment_status text not null,
  monthly_income    bigint not null check (monthly_income >= 0),
  first_name        text not null,
  last_name         text not null,
  date_of_birth     date not null,
  phone_number      text not null,
  bvn               text not null,
  account_number    text not null,
  bank_code         text not null,
  -- [{"questionId":"…","answer":"YES"}]
  answers           jsonb not null,
  -- [{"check":"AGE","passed":true,"reason":"…"}], in the order in which they were made.
  checks            jsonb not null,
  score             smallint not null check (score between 0 and 100),
  band              text not null check (band in ('GREEN', 'AMBER', 'RED')),
  -- What an officer, or the rules, approved; null before.
  approved_amount   bigint check (approved_amount > 0),
  approved_rate     numeric,
  approved_duration int,
  -- Why it was rejected or cancelled.
  reason            text,
  -- The customer accepted the terms and conditions; a manager may disburse.
  terms_accepted_at timestamptz,
  requested_by      uuid not null,
  requested_on      date not null,
  recorded_at       timestamptz not null,
  primary key (customer_id, id)
);
create index loan_application_organisation on loan_application (organisation_id, id);
create index loan_application_status on loan_application (organisation_id, status, id);
-- One open application a product.
create unique index loan_application_open on loan_application (customer_id, product_id)
  where status in ('REQUESTED', 'APPROVED', 'OFFER_SENT', 'ACCEPTED');

-- Every state that an application came to, who brought it there and why.
create table loan_application_event (
  customer_id    uuid not null,
  application_id uuid not null,
  sequence       int not null check (sequence > 0),
  status         text not null,
  detail         jsonb not null,
  recorded_by    uuid not null,
  recorded_at    timestamptz not null,
  primary key (customer_id, application_id, sequence),
  foreign key (customer_id, application_id) references loan_application
);

-- What was offered, word for word. Never changed.
create table loan_offer (
  customer_id     uuid not null,
  application_id  uuid not null,
  -- JSON with the names of Paydown.Lending.Loans.LoanTerms.
  terms           jsonb not null,
  -- [{"name":"Processing fee","amountMinor":100,"charged":"DEDUCTED"}]
  fees            jsonb not null,
  amount          bigint not null check (amount > 0),
  total_repayment bigint not null,
  -- Percent a year, actuarial method, two digits.
  apr             numeric not null,
  sent_by         uuid not null,
  sent_at         timestamptz not null,
  expires_at      timestamptz not null,
  primary key (customer_id, application_id),
  foreign key (customer_id, application_id) references loan_application
);

do $$
declare
  guarded text;
begin
  foreach guarded in array array['loan_product_version', 'loan_application_event', 'loan_offer']
  loop
    execute format('create trigger append_only before update or delete or truncate on %I
                    for each statement execute function refuse_change()', guarded);
  end loop;
end $$;
