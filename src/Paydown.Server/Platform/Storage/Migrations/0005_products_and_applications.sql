-- From product to offer. What was decided is append-only; the current state of an application is one row beside it.

create table loan_product (
  organisation_id uuid not null references organisation,
  id              uuid not null,
  -- The version that is offered now, and its name.
  version         positive_int not null,
  name            text not null,
  is_open         boolean not null,
  primary key (organisation_id, id)
);
create index loan_product_name on loan_product (organisation_id, name, id);

create table loan_product_version (
  organisation_id uuid not null,
  product_id      uuid not null,
  version         positive_int not null,
  -- JSON with the names of Paydown.Lending.Products.LoanProduct.
  definition      jsonb not null,
  recorded_by     uuid not null,
  recorded_at     timestamptz not null,
  primary key (organisation_id, product_id, version),
  constraint loan_product_version_product foreign key (organisation_id, product_id) references loan_product
    deferrable initially deferred
);

create table loan_application (
  customer_id            uuid not null references app_user,
  id                     uuid not null,
  organisation_id        uuid not null,
  product_id             uuid not null,
  product_version        positive_int not null,
  status                 application_status not null,
  currency_code          currency not null,
  requested_amount       positive_minor_units not null,
  duration               positive_int not null,
  -- As it was sent; the unit of the duration is that of the product.
  duration_counter       int,
  repayment_method       text not null,
  employment_status      text not null,
  monthly_income         minor_units not null,
  first_name             text not null,
  last_name              text not null,
  date_of_birth          date not null,
  phone_number           text not null,
  bvn                    text not null,
  account_number         text not null,
  bank_code              text not null,
  -- [{"questionId":"…","answer":"YES"}]
  answers                jsonb not null,
  -- [{"check":"AGE","passed":true,"reason":"…"}], in the order in which they were made.
  checks                 jsonb not null,
  score                  smallint not null constraint loan_application_score check (score between 0 and 100),
  band                   score_band not null,
  -- [{"name":"AFFORDABILITY","points":32,"pointsMax":40,"reason":"…"}]; they add up to the score.
  score_parts            jsonb not null,
  -- What an officer, or the rules, approved; null before. While it is REQUESTED: what the first of two officers did.
  approved_amount        positive_minor_units,
  approved_rate          numeric,
  approved_duration      positive_int,
  first_approved_by      uuid,
  -- Why it was rejected or cancelled.
  reason                 text,
  -- When the customer accepted the terms and conditions; then a manager may disburse.
  terms_accepted_at      timestamptz,
  -- The number of the current offer; 0: none was sent. An application gets another offer if paying out later would cost
  -- more than its customer accepted, or if the agreed first due date has come too close.
  offer_number           non_negative_int not null default 0,
  -- The first due date that the customer asked for; null: one period after payout.
  requested_first_due_on date,
  -- The first due date that was approved.
  approved_first_due_on  date,
  -- The total that the customer agreed to pay back, as the offer showed it on the day of acceptance.
  accepted_total         positive_minor_units,
  accepted_on            date,
  requested_by           uuid not null,
  requested_on           date not null,
  recorded_at            timestamptz not null,
  primary key (customer_id, id),
  constraint loan_application_accepted check ((accepted_total is null) = (accepted_on is null)),
  constraint loan_application_product foreign key (organisation_id, product_id, product_version)
    references loan_product_version
);
create index loan_application_organisation on loan_application (organisation_id, id);
create index loan_application_status on loan_application (organisation_id, status, id);
create index loan_application_requested_by on loan_application (organisation_id, requested_by, id);
-- One open application per product.
create unique index loan_application_open on loan_application (customer_id, product_id)
  where status in ('REQUESTED', 'APPROVED', 'OFFER_SENT', 'ACCEPTED');

-- Every status that an application reached, who caused it and why.
create table loan_application_event (
  customer_id    uuid not null,
  application_id uuid not null,
  sequence       positive_int not null,
  status         application_status not null,
  detail         jsonb not null,
  recorded_by    uuid not null,
  recorded_at    timestamptz not null,
  primary key (customer_id, application_id, sequence),
  constraint loan_application_event_application foreign key (customer_id, application_id) references loan_application
);

-- The offers, word for word.
create table loan_offer (
  customer_id     uuid not null,
  application_id  uuid not null,
  number          positive_int not null,
  -- JSON with the names of Paydown.Lending.Loans.LoanTerms.
  terms           jsonb not null,
  -- [{"name":"Processing fee","amountMinor":100,"charged":"DEDUCTED"}]
  fees            jsonb not null,
  amount          positive_minor_units not null,
  total_repayment minor_units not null,
  -- Percent per year, actuarial method, two digits.
  apr             numeric not null,
  sent_by         uuid not null,
  sent_at         timestamptz not null,
  -- An application is shown as EXPIRED after this instant.
  expires_at      timestamptz not null,
  primary key (customer_id, application_id, number),
  constraint loan_offer_application foreign key (customer_id, application_id) references loan_application
);
create index loan_offer_expiry on loan_offer (expires_at);

call make_append_only('loan_product_version', 'loan_application_event', 'loan_offer');
