using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Loans;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Statements;

/// <summary>What an entry of a bank statement is.</summary>
public enum EntryState
{
    /// <summary>It is stored, and the rules have not decided about it yet.</summary>
    Waiting,

    /// <summary>The bank has announced it and not booked it: it is no money yet.</summary>
    Announced,

    /// <summary>It pays a repayment, found by the rules.</summary>
    Matched,

    /// <summary>The rules see more than one possibility, or one that a person must confirm.</summary>
    ToDecide,

    /// <summary>Nobody knows what it is.</summary>
    Unmatched,

    /// <summary>It is no repayment: a charge or interest of the bank.</summary>
    NotARepayment,

    /// <summary>An officer has assigned it to one or more loans.</summary>
    Assigned,

    /// <summary>An officer has set it aside: it is booked elsewhere.</summary>
    Ignored,

    /// <summary>The bank has taken it back, or it takes another entry back: together they are nothing.</summary>
    Reversed,

    /// <summary>It is the money of a transfer to a customer, on its way out.</summary>
    Settled,

    /// <summary>It is the money of a transfer to a customer, which came back.</summary>
    Returned,

    /// <summary>An officer has ordered that it goes back to its payer; it is on its way.</summary>
    ReturnOrdered,

    /// <summary>It went back to its payer, or it is the money by which another entry went back.</summary>
    ReturnedToPayer,

    /// <summary>It is a collective booking, in whose place its details from a notification are.</summary>
    Itemised,

    /// <summary>The bank had announced it, and has booked it: the booking is the money.</summary>
    Booked,
}

/// <summary>How an entry came to pay a repayment.</summary>
public enum LinkEffect
{
    /// <summary>It verified a pending report.</summary>
    Verified,

    /// <summary>Nobody had reported the money: it made the repayment.</summary>
    Recorded,

    /// <summary>An officer had verified the report before the money was seen.</summary>
    Confirmed,

    /// <summary>It verified a pending report together with other entries.</summary>
    Joined,

    /// <summary>An officer had verified the report before its money was seen in this and other entries.</summary>
    JoinedConfirmed,
}

/// <summary>A repayment that an entry pays.</summary>
/// <param name="CustomerId">The customer.</param>
/// <param name="RepaymentId">The repayment.</param>
/// <param name="Amount">The part of the entry.</param>
/// <param name="Effect">How it came to pay it.</param>
public sealed record EntryLink(CustomerId CustomerId, RepaymentId RepaymentId, Money Amount, LinkEffect Effect);

/// <summary>A decision about an entry, by the rules or by a person.</summary>
/// <param name="Entry">The entry, whose standing is locked.</param>
/// <param name="State">What it becomes.</param>
/// <param name="Rule">The rule of matching; null for a person's decision.</param>
/// <param name="Reasons">Why, in words.</param>
/// <param name="Links">The repayments that it pays from now on.</param>
/// <param name="ActionContext">Who decides, or imported the statement; and when.</param>
public sealed record StandingChange(
    StoredEntry Entry,
    EntryState State,
    int? Rule,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<EntryLink> Links,
    ActionContext ActionContext
)
{
    /// <summary>The other entry of a pair: what takes it or sends it back, or what is taken or sent back.</summary>
    public StatementEntryId? OtherEntryId { get; init; }

    /// <summary>The payer's account of what is assigned or goes back; else null.</summary>
    public string? PayerAccount { get; init; }

    /// <summary>The loan that the entry names, if it waits; else null.</summary>
    public LoanId? LoanId { get; init; }

    /// <summary>The report of which the entry is a part, while it waits for the other parts; else null.</summary>
    public StoredRepayment? PartOf { get; init; }

    /// <summary>The transfer whose money it is; else null.</summary>
    public TransferId? TransferId { get; init; }
}

/// <summary>
/// Writes what entries are, the decisions that made them so, and the repayments that they pay; no other code does.
/// </summary>
public static class EntryStandingStore
{
    private const string InsertNew = """
        insert into entry_standing (entry_id, organisation_id, state, booked_on, amount)
        select id, organisation_id, case status when 'BOOK' then 'WAITING' else 'ANNOUNCED' end, booked_on, amount
        from statement_entry where statement_id = $1
        """;

    /// <summary>Adds the statement that gives the new entries of a statement their first state to a batch.</summary>
    public static void AddNewTo(NpgsqlBatch batch, BankStatementId statementId) =>
        batch.BatchCommands.Add(new(InsertNew) { Parameters = { Sql.Value(statementId) } });

    private const string Update = """
        update entry_standing s set state = r.state, decisions = r.number, considered_at = r.at
        from unnest($1, $2, $3, $4) as r (entry_id, state, number, at)
        where s.entry_id = r.entry_id
        """;

    private const string UpdateConsidered = "update entry_standing set considered_at = $2 where entry_id = any ($1)";

    private const string InsertDecisions = """
        insert into entry_decision (entry_id, number, state, rule, reasons, links, other_entry_id, payer_account,
                                    loan_id, transfer_id, decided_by, decided_at)
        select r.entry_id, r.number, r.state, r.rule, array(select json_array_elements_text(r.reasons::json)),
               r.links::json, r.other_entry_id, r.payer_account, r.loan_id,
               r.transfer_id, r.decided_by, r.decided_at
        from unnest($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
          as r (entry_id, number, state, rule, reasons, links, other_entry_id, payer_account, loan_id, transfer_id,
                decided_by, decided_at)
        """;

    private const string DeleteLinks = "delete from entry_link where entry_id = any ($1)";

    private const string DeleteParts = "delete from report_part where entry_id = any ($1)";

    private const string InsertParts = """
        insert into report_part (entry_id, customer_id, repayment_id) select * from unnest($1, $2, $3)
        """;

    private const string InsertLinks = """
        insert into entry_link (entry_id, customer_id, repayment_id, amount, effect)
        select * from unnest($1, $2, $3, $4, $5)
        """;

    /// <summary>Adds the statements that write decisions to a batch. An entry is decided once per batch.</summary>
    public static void AddTo(NpgsqlBatch batch, IReadOnlyList<StandingChange> decisions)
    {
        new RowsStatement<StandingChange>(Update, decisions)
            .Column(one => one.Entry.Id)
            .Column(one => Words.Write(one.State))
            .Column(one => one.Entry.Decisions + 1)
            .Column(one => one.ActionContext.At)
            .AddTo(batch);
        new RowsStatement<StandingChange>(InsertDecisions, decisions)
            .Column(one => one.Entry.Id)
            .Column(one => one.Entry.Decisions + 1)
            .Column(one => Words.Write(one.State))
            .Column(one => (short?)one.Rule)
            .Column(one => JsonSerializer.Serialize(one.Reasons, Wire.Options))
            .Column(one => LinksOf(one))
            .Column(one => one.OtherEntryId)
            .Column(one => one.PayerAccount)
            .Column(one => one.LoanId)
            .Column(one => one.TransferId)
            .Column(one => one.ActionContext.By)
            .Column(one => one.ActionContext.At)
            .AddTo(batch);
        var parts = decisions.Where(one => one.Entry.PartOf is not null).Select(one => one.Entry.Id).ToList();
        if (parts.Count > 0)
            batch.BatchCommands.Add(new(DeleteParts) { Parameters = { Sql.Value(parts) } });
        new RowsStatement<StandingChange>(InsertParts, [.. decisions.Where(one => one.PartOf is not null)])
            .Column(one => one.Entry.Id)
            .Column(one => one.PartOf!.CustomerId)
            .Column(one => one.PartOf!.Id)
            .AddTo(batch);
        var linked = decisions.Where(one => one.Entry.Links.Count > 0).Select(one => one.Entry.Id).ToList();
        if (linked.Count > 0)
            batch.BatchCommands.Add(new(DeleteLinks) { Parameters = { Sql.Value(linked) } });
        new RowsStatement<(StatementEntryId EntryId, EntryLink Link)>(
            InsertLinks,
            [.. decisions.SelectMany(one => one.Links, (one, link) => (one.Entry.Id, link))]
        )
            .Column(row => row.EntryId)
            .Column(row => row.Link.CustomerId)
            .Column(row => row.Link.RepaymentId)
            .Column(row => row.Link.Amount)
            .Column(row => Words.Write(row.Link.Effect))
            .AddTo(batch);
    }

    /// <summary>Adds the statement that notes when the rules looked at open entries again to a batch.</summary>
    public static void AddConsideredTo(
        NpgsqlBatch batch,
        IReadOnlyCollection<StatementEntryId> entries,
        DateTimeOffset at
    ) => batch.BatchCommands.Add(new(UpdateConsidered) { Parameters = { Sql.Value(entries), Sql.Value(at) } });

    // Those that the entry pays from now on; after an undoing, those that it paid until then.
    private static string LinksOf(StandingChange decision) =>
        JsonSerializer.Serialize(
            (decision.Links.Count > 0 ? decision.Links : decision.Entry.Links).Select(link =>
                new object[] { link.RepaymentId, link.Amount.MinorUnits, Words.Write(link.Effect) }
            ),
            Wire.Options
        );
}
