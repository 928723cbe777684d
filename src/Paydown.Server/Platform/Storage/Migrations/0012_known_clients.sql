-- SHA-256 of the account and the address that somebody signed in from: from there, the failures of strangers do not
-- lock them out. Null: before this migration.
alter table user_session add column client bytea check (octet_length(client) = 32);

-- Where a failed sign-in came from, in the same form.
alter table sign_in_failure add column client bytea check (octet_length(client) = 32);
