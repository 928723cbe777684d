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
