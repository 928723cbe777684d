namespace Paydown.Server.Tests.Tidy;

/// <summary>Which tables a PostgreSQL that is sharded by customer would spread, and what does not fit yet.</summary>
internal static class Sharding
{
    /// <summary>The tables that are sharded by <c>customer_id</c>.</summary>
    public static IReadOnlySet<string> Tables { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "bank_account",
            "customer_profile",
            "declined_notice",
            "loan_account",
            "loan_application",
            "loan_application_event",
            "loan_day",
            "loan_due",
            "loan_event",
            "loan_event_reason",
            "loan_offer",
            "loan_set_aside",
            "loan_terms",
            "journal_entry",
            "pending_repayment",
            "reminder",
            "repayment",
            "repayment_decision",
            "repayment_standing",
            "replaced_allocation",
            "transaction_pin",
            "transaction_pin_failure",
            "wallet",
            "wallet_entry",
            "wallet_transfer",
            "wallet_transfer_outcome",
            "wallet_transfer_return",
            "wallet_transfer_standing",
        };

    /// <summary>Tables that name a customer, but belong to the organisation.</summary>
    public static IReadOnlySet<string> OfOrganisation { get; } =
        new HashSet<string>(StringComparer.Ordinal)
        {
            "collection_standing",
            "entry_link",
            "first_approval",
            "loan_reference",
            "outbox_event",
            "report_part",
        };

    /// <summary>Unique indexes without the customer, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Unique { get; } = new Dictionary<string, string>();

    /// <summary>Functions of triggers with the other table that they look at, and the reason.</summary>
    public static IReadOnlyDictionary<string, string> Triggers { get; } =
        new Dictionary<string, string>
        {
            ["customer_must_exist > app_user"] = "by the customer; app_user would be copied to all shards",
            ["loan_must_exist > loan_account"] = "by the customer, so the same shard",
            ["repayment_must_exist > repayment"] = "by the customer, so the same shard",
            ["repayment_becomes_pending > pending_repayment"] = "by the customer, so the same shard",
            ["repayment_ceases_to_be_pending > pending_repayment"] = "by the customer, so the same shard",
            ["loan_is_due > loan_due"] = "by the customer, so the same shard",
            ["entry_must_balance > ledger_balance"] = "the sums of an organisation, which would be kept for each shard",
        };

    /// <summary>Members that lock or change rows without naming the customer, with the reason.</summary>
    public static IReadOnlyDictionary<string, string> Locks { get; } =
        new Dictionary<string, string>
        {
            ["ApplicationStore.FindOneAsync"] = "an officer names an application without its customer",
            ["LoanStore.FindOneAsync"] = "an officer names a loan without its customer",
            ["VerificationStore.LockAccounts"] = "an officer names a repayment without its customer",
            ["TransferStore.LockInOrganisationAsync"] = "a bank's report names a transfer without its customer",
            ["TransferStore.LockInBatchAsync"] = "a bank's report names a transfer without its customer",
            ["TransferStore.PutInBatch"] = "takes the next transfers of an organisation; one turn at a time",
            ["EndOfDayStore.Take"] = "takes the next loans of an organisation, and skips those that are locked",
            ["LoanDayStore.FindCalled"] = "changes the rules of all loans of an organisation",
            ["LoanDayStore.CallAsync"] = "changes the rules of all loans of an organisation",
            ["EntryMatchStore.TakeOpen"] = "locks entries of statements, which belong to the organisation",
        };
}
