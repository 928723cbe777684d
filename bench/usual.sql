-- The tables of the other sides for keys and events, as they are usually made. Ours are thinner (decision 0031).
create table usual_key (
  caller_id    uuid not null,
  route        text not null,
  key          text not null,
  request_hash bytea not null,
  status       smallint not null,
  body         bytea not null,
  recorded_at  timestamptz not null,
  primary key (caller_id, route, key)
);
create table usual_event (
  customer_id     uuid not null,
  id              uuid not null,
  organisation_id uuid not null,
  account_id      uuid,
  type            text not null,
  payload         bytea not null,
  recorded_at     timestamptz not null,
  primary key (id, customer_id)
);
create table usual_entry (
  id             uuid primary key,
  account_id     uuid not null,
  effective_on   date not null,
  kind           text not null,
  debit_account  text not null,
  credit_account text not null,
  amount         bigint not null
);
create index on usual_entry (account_id, effective_on);
create table usual_accrual (
  account_id uuid primary key,
  accrued_on date not null,
  amount     bigint not null
);
