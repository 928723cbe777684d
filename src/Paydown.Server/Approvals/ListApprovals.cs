using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Amounts;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Approvals;

/// <summary>
/// Lists the acts that await a second person, the first to lapse first. Repayments and applications are in their own
/// lists, with <c>firstApprovedBy</c> and <c>approvalsNeeded</c>.
/// </summary>
public sealed class ListApprovals(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the acts that await a second person, the first to lapse first")
            .Takes(Paging.Fields)
            .ReturnsPage<ListedApproval>(PageKeyPart.Instant, PageKeyPart.Id);

    // An approval counts only for the version of its subject that it names, and only the newest of an act counts. All
    // awaited acts are at most a few days old, so few rows are read.
    private const string Awaited = """
        from first_approval f
        where f.organisation_id = $1 and f.lapses_at > $2
          and not exists (select from first_approval n
                          where n.organisation_id = f.organisation_id and n.subject_id = f.subject_id
                            and n.act = f.act and n.sequence > f.sequence)
          and f.subject_version = case f.act
            when 'CHANGE_ORGANISATION' then (select o.settings_version from organisation o
                                             where o.id = f.organisation_id)
            when 'CHANGE_LOAN_PRODUCT' then (select p.version from loan_product p
                                             where p.organisation_id = f.organisation_id and p.id = f.subject_id)
            when 'DISBURSE_LOAN' then (select count(*) from loan_application_event e
                                       where e.customer_id = f.customer_id and e.application_id = f.subject_id)
            else (select l.event_count from loan_account l where l.customer_id = f.customer_id and l.id = f.account_id)
            end
        """;

    private static readonly PageQuery Query = new(
        Awaited,
        $"""
        select page.id, page.act, page.subject_id, page.account_id, page.customer_id,
               c.first_name || ' ' || c.last_name as customer_name, page.amount, page.currency_code,
               page.terms::text as terms, page.reason,
               page.approved_by, u.first_name || ' ' || u.last_name as approved_by_name,
               page.approved_at, page.lapses_at
        from (select f.* {Awaited} and ($3::timestamptz is null or (f.lapses_at, f.id) > ($3, $4::uuid))
              order by f.lapses_at, f.id limit $5 offset $6) page
        left join app_user c on c.id = page.customer_id and c.organisation_id = $1
        left join app_user u on u.id = page.approved_by and u.organisation_id = $1
        order by page.lapses_at, page.id
        """
    );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await Query.ReadAsync(
            connection,
            call.Paging,
            [NpgsqlDbType.TimestampTz, NpgsqlDbType.Uuid],
            [Sql.Value(call.Caller.OrganisationId), Sql.Value(time.GetUtcNow())],
            Read,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, one => new(one.LapsesAt, one.Id), page.Counted);
    }

    private static ListedApproval Read(NpgsqlDataReader reader)
    {
        var currency = reader.Currency("currency_code");
        return new ListedApproval
        {
            Id = reader.Id<ApprovalId>("id"),
            Act = reader.Word<ActKind>("act"),
            SubjectId = reader.Id<SubjectId>("subject_id"),
            AccountId = reader.IdOrNull<LoanId>("account_id"),
            CustomerId = reader.IdOrNull<CustomerId>("customer_id"),
            CustomerName = reader.TextOrNull("customer_name"),
            Amount = reader.MoneyOrNull("amount", currency),
            CurrencyCode = currency.Code,
            Terms = reader.Json("terms"),
            Reason = reader.TextOrNull("reason"),
            FirstApprovedBy = reader.Id<UserId>("approved_by"),
            FirstApprovedByName = reader.TextOrNull("approved_by_name"),
            FirstApprovedAt = reader.Instant("approved_at"),
            LapsesAt = reader.Instant("lapses_at"),
        };
    }
}

/// <summary>An act that one officer has approved and that awaits another.</summary>
public sealed record ListedApproval
{
    /// <summary>The id of the first approval.</summary>
    public required ApprovalId Id { get; init; }

    /// <summary>The kind of act.</summary>
    public required ActKind Act { get; init; }

    /// <summary>What the act changes: a loan account, repayment, application, product or the organisation.</summary>
    public required SubjectId SubjectId { get; init; }

    /// <summary>The loan account; null before there is one, and for a change of settings.</summary>
    public required LoanId? AccountId { get; init; }

    /// <summary>The customer; null for a change of settings.</summary>
    public required CustomerId? CustomerId { get; init; }

    /// <summary>The customer's first and last name; null for a change of settings.</summary>
    public required string? CustomerName { get; init; }

    /// <summary>The amount that was compared with the four-eyes amount; null for a change of settings.</summary>
    public required Money? Amount { get; init; }

    /// <summary>The currency of the amount, ISO 4217.</summary>
    public required string CurrencyCode { get; init; }

    /// <summary>The exact values that the second officer must approve.</summary>
    public required JsonElement Terms { get; init; }

    /// <summary>The first officer's reason; null if none was given.</summary>
    public required string? Reason { get; init; }

    /// <summary>The officer who approved it; the second must be someone else.</summary>
    public required UserId FirstApprovedBy { get; init; }

    /// <summary>That officer's name; null if they are not of this organisation.</summary>
    public required string? FirstApprovedByName { get; init; }

    /// <summary>When the first approval was given.</summary>
    public required DateTimeOffset FirstApprovedAt { get; init; }

    /// <summary>The instant from which the first approval no longer counts.</summary>
    public required DateTimeOffset LapsesAt { get; init; }
}
