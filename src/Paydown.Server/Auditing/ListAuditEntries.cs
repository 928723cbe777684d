using System.Text.Json;
using Npgsql;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Auditing;

/// <summary>The audit trail of an organisation, newest first, a page at a time.</summary>
public sealed class ListAuditEntries(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    public static IReadOnlyList<Field> QueryFields { get; } =
    [
        Field.Id("subjectId", "Only what was done to this loan, customer, token or other thing.").Optional(),
        Field
            .Text("action", "Only this, for example API_TOKEN_REVOKED.", 1, 64)
            .Matching("^[A-Z][A-Z_]*$", "a word in capitals, with underscores")
            .Optional() with
        {
            Example = "API_TOKEN_CREATED",
        },
        Field.Id("actorId", "Only what this user or API token did.").Optional(),
        Field.Moment("from", "Recorded on this day or at this time, or later.").Optional(),
        Field.Moment("to", "Recorded on this day or at this time, or earlier.").Optional(),
        .. Paging.Fields,
    ];

    public static Contract Contract { get; } =
        new Contract("List who did what, newest first")
            .Takes(QueryFields)
            .ReturnsPage<AuditEntryView>(PageKeyPart.Instant, PageKeyPart.Id);

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var query = call.Query;
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var period = organisation.PeriodOf(query, "from", "to");
        if (period.IsRefused)
            return Answer.Refused(period.Refusal);
        var filter = new AuditEntryFilter(
            organisation.Id,
            query.IdOrNull("subjectId"),
            query.TextOrNull("action"),
            query.IdOrNull("actorId"),
            period.Value.From,
            period.Value.Before
        );
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await AuditEntryStore.ListAsync(connection, filter, call.Paging, call.Cancellation);
        return call.Paging.Answer(page.Records, entry => new(entry.RecordedAt, entry.Id), page.Counted);
    }
}

/// <summary>Who did what, to what, and when.</summary>
public sealed record AuditEntryView
{
    public required Guid Id { get; init; }

    /// <summary>For example <c>CHARGE_APPLIED</c>.</summary>
    public required string Action { get; init; }

    /// <summary>A user, or an API token.</summary>
    public required Guid ActorId { get; init; }

    /// <summary>The name of the user or of the API token; null: nobody of the organisation.</summary>
    public required string? ActorName { get; init; }
    public required Guid SubjectId { get; init; }
    public required JsonElement Detail { get; init; }
    public required string InteractionId { get; init; }
    public required DateTimeOffset RecordedAt { get; init; }
}
