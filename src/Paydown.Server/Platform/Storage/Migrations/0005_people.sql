-- Servers that call with a token of their own, and the reading of the audit trail.

-- An API token acts in its organisation as a manager who is restricted to its scopes. Its id stands wherever a user's
-- would: as who recorded something, and as whose an idempotency key is.
create table api_token (
  id              uuid primary key,
  organisation_id uuid not null references organisation,
  name            text not null,
  -- SHA-256 of the token, which itself was shown once and is nowhere.
  hash            bytea not null unique check (octet_length(hash) = 32),
  -- For example repayments:verify.
  scopes          text[] not null check (cardinality(scopes) > 0),
  created_by      uuid not null,
  created_at      timestamptz not null,
  expires_at      timestamptz not null check (expires_at > created_at),
  -- To the minute, and a little late.
  last_used_at    timestamptz,
  revoked_by      uuid,
  revoked_at      timestamptz,
  check ((revoked_at is null) = (revoked_by is null))
);
create index api_token_organisation on api_token (organisation_id, id);

create index audit_entry_subject on audit_entry (organisation_id, subject_id, id);
create index audit_entry_actor on audit_entry (organisation_id, actor_id, id);
