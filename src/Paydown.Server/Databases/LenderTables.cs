using System.Globalization;
using Paydown.Lending.Identifiers;

namespace Paydown.Server.Databases;

/// <summary>How the rows of a table come to another database.</summary>
internal enum Arrival
{
    /// <summary>As they are.</summary>
    Copied,

    /// <summary>Triggers of other tables write them there.</summary>
    Derived,

    /// <summary>All lenders of the database share them, so the source keeps them.</summary>
    Shared,
}

/// <summary>A table with rows of lenders, called <c>r</c> in its conditions.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Condition">Which rows are a lender's; <c>{0}</c> stands for the lender.</param>
internal sealed record LenderTable(string Name, string Condition)
{
    /// <summary>How its rows come to the target.</summary>
    public Arrival Arrival { get; init; } = Arrival.Copied;

    /// <summary>
    /// A column that is drawn from a sequence. The sequence of the target must be beyond the rows that come.
    /// </summary>
    public string? Drawn { get; init; }

    /// <summary>The column whose numbers of other lenders are in the way at the target, so all are shifted.</summary>
    public string? Shifted { get; init; }

    /// <summary>What must be the same on both sides, if it is not the rows themselves.</summary>
    public string? Compared { get; init; }

    /// <summary>
    /// True if a fence refuses changes. Without: its rows are written together with others that have one.
    /// </summary>
    public bool IsFenced { get; init; } = true;

    /// <summary>Returns the condition for a lender.</summary>
    public string Of(OrganisationId lender) =>
        string.Format(CultureInfo.InvariantCulture, Condition, $"'{lender.Value:D}'::uuid");
}

/// <summary>
/// Every table with rows of lenders, each after those that it refers to. A test compares the list with the catalog, so
/// a new table must be added here.
/// </summary>
internal static class LenderTables
{
    private const string OfUser = "exists (select from app_user u where u.id = r.user_id and u.organisation_id = {0})";

    private const string OfCustomer =
        "exists (select from app_user u where u.id = r.customer_id and u.organisation_id = {0})";

    private const string OfSession =
        "exists (select from user_session s join app_user u on u.id = s.user_id "
        + "where s.id = r.session_id and u.organisation_id = {0})";

    private const string OfEntry =
        "exists (select from statement_entry e where e.id = r.entry_id and e.organisation_id = {0})";

    // Those without a lender are found by their subject.
    private const string OfKey =
        "r.id in (select i.id from idempotency_record i where i.organisation_id = {0} "
        + "union all select i.id from idempotency_record i join repayment p on p.id = i.subject_id "
        + "where p.organisation_id = {0} "
        + "union all select i.id from idempotency_record i join wallet_transfer t on t.id = i.subject_id "
        + "where t.organisation_id = {0})";

    /// <summary>The tables whose rows belong to no lender.</summary>
    public static IReadOnlyList<string> OfNoLender { get; } =
    ["schema_migrations", "organisation_move", "ledger_account", "audit_run", "payment_turn"];

    /// <summary>All tables with rows of lenders.</summary>
    public static IReadOnlyList<LenderTable> All { get; } =
    [
        // Tokens of the lender's users stay valid. Which lender a key has signed for is not known.
        new("signing_key", "true") { Arrival = Arrival.Shared, IsFenced = false },
        new("organisation", "r.id = {0}"),
        Own("organisation_host"),
        Own("past_four_eyes_amount"),
        Own("app_user"),
        Own("bank"),
        Own("blacklist_entry"),
        Own("api_token"),
        Own("audit_entry"),
        Own("first_approval") with
        {
            Drawn = "sequence",
        },
        new("user_session", OfUser),
        new("refresh_token", OfSession),
        new("page_session", OfSession),
        // Of sessions and of API tokens.
        new(
            "revoked_session",
            $"({OfSession} or exists (select from api_token t where t.id = r.session_id and t.organisation_id = {{0}}))"
        ),
        new("one_time_token", OfUser),
        new("second_factor", OfUser),
        new("recovery_code", OfUser),
        Own("sign_in_failure"),
        Own("customer_profile"),
        Own("bank_account"),
        new("transaction_pin", OfCustomer),
        new("transaction_pin_failure", OfCustomer),
        Own("loan_product"),
        Own("loan_product_version"),
        Own("loan_application"),
        new("loan_application_event", OfCustomer),
        new("loan_offer", OfCustomer),
        Own("loan_account"),
        Own("loan_reference"),
        new("loan_terms", OfCustomer),
        new("loan_event", OfCustomer),
        new("loan_event_reason", OfCustomer),
        Own("loan_day"),
        Own("loan_due") with
        {
            Arrival = Arrival.Derived,
        },
        Own("loan_set_aside"),
        new("reminder", OfCustomer),
        Own("end_of_day"),
        Own("repayment"),
        new("repayment_decision", OfCustomer),
        Own("repayment_standing"),
        Own("pending_repayment") with
        {
            Arrival = Arrival.Derived,
        },
        new("replaced_allocation", OfCustomer),
        Own("journal_entry"),
        Own("ledger_balance") with
        {
            Arrival = Arrival.Derived,
            // The movements are spread over other slots.
            Compared =
                "select r.month, r.ledger_account, r.currency_code, sum(r.debit) as debit, sum(r.credit) as credit "
                + "from ledger_balance r where {0} group by 1, 2, 3",
        },
        Own("wallet"),
        new("wallet_entry", OfCustomer),
        Own("payment_batch"),
        Own("wallet_transfer"),
        new("wallet_transfer_outcome", OfCustomer),
        new("wallet_transfer_return", OfCustomer),
        Own("wallet_transfer_standing"),
        new("idempotency_record", OfKey) { IsFenced = false },
        Own("outbox_event") with
        {
            Drawn = "seq",
        },
        Own("notice"),
        Own("notice_rule"),
        new("declined_notice", OfCustomer),
        Own("webhook_endpoint"),
        new(
            "webhook_delivery",
            "exists (select from webhook_endpoint w where w.id = r.endpoint_id and w.organisation_id = {0})"
        )
        {
            Drawn = "number",
            Shifted = "number",
        },
        new(
            "webhook_attempt",
            "exists (select from webhook_delivery d join webhook_endpoint w on w.id = d.endpoint_id "
                + "where d.number = r.delivery_number and w.organisation_id = {0})"
        )
        {
            Shifted = "delivery_number",
        },
        Own("collection_account"),
        Own("statement_file"),
        Own("bank_statement"),
        Own("statement_entry"),
        Own("entry_standing"),
        new("entry_decision", OfEntry),
        new("entry_link", OfEntry),
        new("report_part", OfEntry),
        Own("collector"),
        Own("collector_file"),
        Own("collection"),
        Own("collection_standing"),
        Own("collector_remittance"),
    ];

    private static LenderTable Own(string name) => new(name, "r.organisation_id = {0}");
}
