-- People are customers of a lender, not of the server: an e-mail is one person's within an organisation. A request
-- without a token says which organisation it means by its host name or by an id.
drop index app_user_email;
create unique index app_user_email on app_user (lower(email), organisation_id);

create table organisation_host (
  -- In lower case, without a port.
  host            text primary key check (host = lower(host) and host <> ''),
  organisation_id uuid not null references organisation,
  recorded_at     timestamptz not null
);
create index organisation_host_organisation on organisation_host (organisation_id);

-- The organisation that the failed sign-in was for; null: it named none, so it counts against all of them.
alter table sign_in_failure add column organisation_id uuid;
