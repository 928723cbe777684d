-- Types and functions that all tables share. docs/data-model.md has a picture of the schema and the reasons behind it.

-- Domains state what a column can hold. A check constraint would do as well, but PostgreSQL reads and prepares all
-- checks of a table for every statement that writes to it, which took as long as writing the row. A domain is prepared
-- once per session. Money is in minor units of a currency.
create domain minor_units as bigint
  constraint not_negative check (value >= 0);
create domain positive_minor_units as bigint
  constraint positive check (value > 0);
create domain non_negative_int as int
  constraint not_negative check (value >= 0);
create domain positive_int as int
  constraint positive check (value > 0);
create domain digest as bytea
  constraint sha256_length check (octet_length(value) = 32);
create domain currency as text
  constraint iso_4217 check (value ~ '^[A-Z]{3}$');
create domain country as text
  constraint iso_3166 check (value ~ '^[A-Z]{3}$');
create domain bank_code as text
  constraint digits check (value ~ '^([0-9]{3}|[0-9]{6})$');
create domain creditor_reference as text
  constraint iso_11649 check (value ~ '^RF[0-9]{2}[A-Z0-9]{1,21}$');
create domain reason as text
  constraint not_empty check (value <> '');

-- Closed sets of words. SchemaWordTests compares each with its enumeration.
create domain user_role as text
  constraint known check (value in ('CUSTOMER', 'AGENT', 'CASHIER', 'MANAGER'));
create domain revocation_cause as text
  constraint known check (value in ('LOGOUT', 'TOKEN_REUSED', 'ENDED', 'PASSWORD_CHANGED', 'BY_MANAGER'));
create domain token_purpose as text
  constraint known check (value in ('INVITATION', 'PASSWORD_RESET', 'EMAIL_CONFIRMATION'));
create domain bank_account_type as text
  constraint known check (value in ('SAVINGS', 'CURRENT', 'CHECKING'));
create domain blacklist_kind as text
  constraint known check (value in ('BVN', 'EMAIL', 'PHONE'));
create domain application_status as text
  constraint known check (value in ('REQUESTED', 'APPROVED', 'REJECTED', 'OFFER_SENT', 'ACCEPTED', 'WITHDRAWN',
                                    'EXPIRED', 'CANCELLED', 'DISBURSED'));
create domain score_band as text
  constraint known check (value in ('GREEN', 'AMBER', 'RED'));
create domain repayment_method as text
  constraint known check (value in ('BANK_TRANSFER', 'DIRECT_DEBIT', 'WALLET', 'CARD', 'CASH'));
create domain loan_state as text
  constraint known check (value in ('PENDING_DISBURSEMENT', 'ACTIVE', 'OVERPAID', 'CLOSED', 'WRITTEN_OFF'));
create domain loan_event_kind as text
  constraint known check (value in ('DISBURSEMENT', 'DOWN_PAYMENT', 'REPAYMENT', 'CHARGE', 'WAIVER', 'REVERSAL',
                                    'WRITE_OFF', 'CREDIT_BALANCE_REFUND', 'GOODWILL_CREDIT', 'MERCHANT_ISSUED_REFUND',
                                    'PAYOUT_REFUND', 'CHARGEBACK', 'FUTURE_RULE_CHANGE', 'INTEREST_REFUND',
                                    'ARREARS_PAUSE', 'ARREARS_RESUMPTION', 'RESCHEDULE', 'RE_AGE', 'RE_AMORTIZATION',
                                    'INTEREST_PAUSE', 'CHARGE_OFF', 'CONTRACT_TERMINATION', 'CHARGE_ADJUSTMENT',
                                    'INTEREST_PAYMENT_WAIVER'));
create domain charge_kind as text
  constraint known check (value in ('FEE', 'PENALTY'));
create domain payment_source as text
  constraint known check (value in ('REPAYMENT', 'DOWN_PAYMENT', 'GOODWILL_CREDIT', 'MERCHANT_ISSUED_REFUND',
                                    'PAYOUT_REFUND', 'INTEREST_REFUND', 'INTEREST_PAYMENT_WAIVER'));
create domain future_rule as text
  constraint known check (value in ('NEXT_INSTALLMENT', 'LAST_INSTALLMENT', 'REAMORTIZATION',
                                    'NEXT_LAST_INSTALLMENT'));
create domain decision_kind as text
  constraint known check (value in ('FIRST_APPROVAL', 'VERIFIED', 'REJECTED', 'WITHDRAWN', 'REVERSED'));
create domain repayment_status as text
  constraint known check (value in ('VERIFIED', 'REJECTED', 'REVERSED'));
create domain transfer_status as text
  constraint known check (value in ('PENDING', 'PROCESSING', 'COMPLETED', 'FAILED', 'RETURNED'));
create domain transfer_outcome as text
  constraint known check (value in ('COMPLETED', 'FAILED'));
create domain notice_kind as text
  constraint known check (value in ('INVITATION', 'PASSWORD_RESET', 'EMAIL_CONFIRMATION', 'PASSWORD_CHANGED',
                                    'SECOND_FACTOR_CHANGED', 'REGISTERED', 'OFFER_SENT', 'LOAN_DISBURSED',
                                    'REPAYMENT_RECORDED', 'REPAYMENT_VERIFIED', 'REPAYMENT_REJECTED', 'LOAN_PAID_OFF',
                                    'DUE_SOON', 'DUE_TODAY', 'OVERDUE'));
create domain notice_state as text
  constraint known check (value in ('PENDING', 'SENT', 'FAILED'));

-- Of the ledger: the account that stands for a bank account of the organisation.
create domain own_ledger_account as text
  constraint known check (value in ('COLLECTION_ACCOUNT', 'FUNDING_ACCOUNT'));
create domain statement_state as text
  constraint known check (value in ('TAKEN', 'HELD', 'DISCARDED'));
create domain balance_check as text
  constraint known check (value in ('ADD_UP', 'DO_NOT_ADD_UP', 'NOT_STATED'));
create domain bank_entry_status as text
  constraint known check (value in ('BOOK', 'PDNG', 'INFO'));
create domain entry_state as text
  constraint known check (value in ('WAITING', 'ANNOUNCED', 'MATCHED', 'TO_DECIDE', 'UNMATCHED', 'NOT_A_REPAYMENT',
                                    'ASSIGNED', 'IGNORED', 'REVERSED', 'SETTLED', 'RETURNED', 'RETURN_ORDERED',
                                    'RETURNED_TO_PAYER', 'ITEMISED', 'BOOKED'));
create domain link_effect as text
  constraint known check (value in ('VERIFIED', 'RECORDED', 'CONFIRMED', 'JOINED', 'JOINED_CONFIRMED'));
create domain collection_state as text
  constraint known check (value in ('WAITING', 'BOOKED', 'DISCARDED'));
create domain collection_wait as text
  constraint known check (value in ('LOAN_UNKNOWN', 'NOT_HELD', 'NOT_DISBURSED', 'BEFORE_DISBURSEMENT', 'LOAN_CLOSED',
                                    'ABOVE_PAYOFF', 'COMMISSION_DIFFERS', 'SECOND_OFFICER'));

-- Enumerations: 4 bytes where a text takes 20, and a verified repayment stores five of them.
create type journal_entry_kind as enum (
  'LOAN_DISBURSED', 'DOWN_PAYMENT_COLLECTED', 'REPAYMENT_VERIFIED', 'REPAYMENT_REVERSED', 'ALLOCATION_ADJUSTED',
  'INTEREST_ACCRUED', 'CHARGE_APPLIED', 'CHARGE_ADJUSTED', 'DISBURSED_TO_WALLET', 'DISBURSEMENT_FEE_DEDUCTED',
  'REPAID_FROM_WALLET', 'RETURNED_TO_WALLET', 'FUNDS_WITHDRAWN', 'WITHDRAWAL_FEE_TAKEN', 'WITHDRAWAL_SETTLED',
  'WITHDRAWAL_FAILED', 'WITHDRAWAL_RETURNED', 'DEBT_WAIVED', 'LOAN_WRITTEN_OFF', 'MONEY_RECOVERED',
  'OVERPAYMENT_REFUNDED',
  'REFUNDED_TO_WALLET', 'REFUND_TAKEN_BACK', 'PAYMENT_CHARGED_BACK', 'CREDIT_GIVEN', 'EVENT_ADJUSTED',
  'EVENT_REVERSED', 'MONEY_UNIDENTIFIED', 'MONEY_IDENTIFIED', 'BANK_CHARGED', 'BANK_INTEREST_PAID',
  'BANK_ENTRY_UNDONE', 'SUSPENSE_RELEASED', 'PROVISION_CHANGED', 'PAYER_RETURN_ORDERED', 'PAYER_RETURN_PAID',
  'LOAN_CHARGED_OFF', 'DISBURSEMENT_TAKEN_BACK', 'DISBURSEMENT_FEES_RETURNED',
  'COLLECTOR_COLLECTED', 'COLLECTION_TAKEN_BACK', 'COLLECTOR_REMITTED');
create type event_type as enum (
  'CUSTOMER_REGISTERED', 'APPLICATION_REQUESTED', 'APPLICATION_REJECTED', 'APPLICATION_CANCELLED', 'OFFER_SENT',
  'OFFER_ACCEPTED', 'OFFER_REJECTED', 'OFFER_EXPIRED', 'LOAN_APPROVED', 'LOAN_DISBURSED', 'LOAN_PAID_OFF',
  'LOAN_DISBURSEMENT_UNDONE', 'LOAN_WRITTEN_OFF', 'LOAN_CHARGED_OFF', 'LOAN_CHARGE_APPLIED', 'LOAN_DEBT_WAIVED',
  'LOAN_CREDIT_GIVEN', 'LOAN_OVERPAYMENT_REFUNDED',
  'LOAN_ACT_UNDONE', 'LOAN_COLLECTOR_CHANGED',
  'LOAN_AGREEMENT_CHANGED', 'LOAN_OVERDUE', 'LOAN_CURRENT', 'NOTICE_DUE', 'PAYMENT_RECEIVED',
  'PAYMENT_UNMATCHED', 'REPAYMENT_RECORDED', 'REPAYMENT_VERIFIED',
  'REPAYMENT_REJECTED',
  'REPAYMENT_REVERSED', 'TRANSACTION_CREATED', 'TRANSACTION_COMPLETED', 'TRANSACTION_FAILED', 'TRANSACTION_RETURNED');

-- A reference as it is compared: in upper case, without spaces, hyphens and other signs.
create function reference_key(reference text) returns text language sql immutable strict parallel safe
return upper(regexp_replace(reference collate "C",
  '[[:space:][:punct:]\u00A0\u00AD\u2000-\u2015\u202F\u2060\u2212\u3000\uFEFF]', '', 'g') collate "C");

-- The name of the trigger states the rule: append_only allows inserts only; no_delete also allows updates. The owner of
-- the tables may remove the rows of a lender that was moved to another database; the application may not.
create function refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'DELETE' and current_setting('paydown.removes_moved', true) = 'on'
    and has_table_privilege(tg_relid, 'trigger') then
    return null;
  end if;
  raise exception '% on % refused by rule %', tg_op, tg_table_name, tg_name
    using errcode = 'insufficient_privilege';
end $$;

create procedure make_append_only(variadic tables regclass[]) language plpgsql as $$
declare
  guarded regclass;
begin
  foreach guarded in array tables loop
    execute format('create trigger append_only before update or delete or truncate on %s
                    for each statement execute function refuse_change()', guarded);
  end loop;
end $$;

create procedure forbid_delete(variadic tables regclass[]) language plpgsql as $$
declare
  guarded regclass;
begin
  foreach guarded in array tables loop
    execute format('create trigger no_delete before delete or truncate on %s
                    for each statement execute function refuse_change()', guarded);
  end loop;
end $$;

-- References of the tables that are written most. A foreign key looks up each row separately and locks what it finds.
-- These triggers look once per statement; what they look for is never deleted. They reach rows by key whatever the
-- statistics say: a plan that was made while the tables were small would read them whole, and be kept while they grow.
create function customer_must_exist() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  missing uuid;
begin
  select a.customer_id into missing from added a
  where not exists (select from app_user u where u.id = a.customer_id) limit 1;
  if found then
    raise exception '% names customer %, who does not exist', tg_table_name, missing
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

create function loan_must_exist() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  missing uuid;
begin
  select a.account_id into missing from added a
  where a.account_id is not null
    and not exists (select from loan_account l where l.customer_id = a.customer_id and l.id = a.account_id) limit 1;
  if found then
    raise exception '% names loan %, which the customer does not have', tg_table_name, missing
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

create function repayment_must_exist() returns trigger language plpgsql
set enable_seqscan = off set enable_hashjoin = off set enable_mergejoin = off as $$
declare
  missing uuid;
begin
  select a.repayment_id into missing from added a
  where not exists (select from repayment r where r.customer_id = a.customer_id and r.id = a.repayment_id) limit 1;
  if found then
    raise exception '% names repayment %, which the customer does not have', tg_table_name, missing
      using errcode = 'foreign_key_violation';
  end if;
  return null;
end $$;

-- Adds the trigger "references" to each table.
create procedure check_references(function text, variadic tables regclass[]) language plpgsql as $$
declare
  checked regclass;
begin
  foreach checked in array tables loop
    execute format('create trigger has_%s after insert on %s referencing new table as added
                    for each statement execute function %I()',
                   split_part(function, '_', 1), checked, function);
  end loop;
end $$;
