-- The application has a role of its own: it can add facts but not change them, and it can drop neither a table nor a
-- trigger. The owner of the tables migrates. docs/operating.md says how to give each of them a login.

do $$
begin
  create role paydown_application nologin;
  -- So that a login that owns the tables can take the role.
  execute format('grant paydown_application to %I', current_user);
exception
  -- Another database of the cluster has it already, or is creating it now.
  when duplicate_object or unique_violation then null;
  when insufficient_privilege then
    raise warning 'The role paydown_application could not be created: the application will run as the owner.';
end $$;

do $$
declare
  kept text;
begin
  if not exists (select from pg_roles where rolname = 'paydown_application') then
    return;
  end if;
  execute format('grant usage on schema %I to paydown_application', current_schema());
  execute format('grant select, insert on all tables in schema %I to paydown_application', current_schema());
  -- What changes. A lock on a row needs the same right.
  grant update on organisation, organisation_host, app_user, bank, bank_account, customer_profile, api_token,
                  transaction_pin, user_session, refresh_token, revoked_session, page_session, loan_product,
                  loan_application, loan_account, repayment_standing, ledger_balance, wallet, payment_batch,
                  wallet_transfer_standing, payment_turn, notice, notice_rule, one_time_token, second_factor,
                  recovery_code
    to paydown_application;
  -- What expires or ends.
  grant delete on user_session, refresh_token, revoked_session, page_session, sign_in_failure, signing_key,
                  transaction_pin_failure, organisation_host, pending_repayment, idempotency_record, outbox_event,
                  notice, one_time_token, second_factor, recovery_code, bank, blacklist_entry, declined_notice
    to paydown_application;
  grant update (recorded_at) on idempotency_record to paydown_application;
  grant update (is_awaited) on outbox_event to paydown_application;
  revoke insert on payment_turn, ledger_account, schema_migrations from paydown_application;
end $$;
