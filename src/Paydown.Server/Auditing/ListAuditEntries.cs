using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Auditing;

/// <summary>Lists the audit trail of an organisation, newest first, one page at a time.</summary>
public sealed class ListAuditEntries(NpgsqlDataSource database, OrganisationDirectory organisations) : IUseCase
{
    private static readonly Field<SubjectId?> SubjectId = Field
        .Id<SubjectId>("subjectId", "Only actions on this loan, customer, token or other thing.")
        .Optional();
    private static readonly Field<string?> Action = Field
        .Text("action", "Only this action, for example API_TOKEN_REVOKED.", 1, 64)
        .Matching("^[A-Z][A-Z_]*$", "a word in capitals, with underscores")
        .Optional()
        .WithExample("API_TOKEN_CREATED");
    private static readonly Field<UserId?> ActorId = Field
        .Id<UserId>("actorId", "Only actions of this user or API token.")
        .Optional();
    private static readonly Field<Moment?> From = Field
        .Moment("from", "Only actions recorded on this day or at this time, or later.")
        .Optional();
    private static readonly Field<Moment?> To = Field
        .Moment("to", "Only actions recorded on this day or at this time, or earlier.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the audit trail, newest first")
            .Takes([SubjectId, Action, ActorId, From, To, .. Paging.Fields])
            .ReturnsPage<AuditEntryView>(PageKeyPart.Instant, PageKeyPart.Id)
            .Refuses(Refusals.ValidationFailed());

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var query = call.Query;
        var organisation = await organisations.GetAsync(call.Caller.OrganisationId, call.Cancellation);
        var period = organisation.PeriodOf(query, From, To);
        if (period.IsRefused)
            return Answer.Refused(period.Refusal);
        var filter = new AuditEntryFilter(
            organisation.Id,
            query.Get(SubjectId),
            query.Get(Action),
            query.Get(ActorId),
            period.Value.From,
            period.Value.Before
        );
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await AuditEntryStore.ListAsync(connection, filter, call.Paging, call.Cancellation);
        return call.Paging.Answer(page.Records, entry => new(entry.RecordedAt, entry.Id), page.Counted);
    }
}

/// <summary>Who did what to what, and when.</summary>
public sealed record AuditEntryView
{
    /// <summary>The entry's id.</summary>
    public required AuditEntryId Id { get; init; }

    /// <summary>The action, for example <c>CHARGE_APPLIED</c>.</summary>
    public required string Action { get; init; }

    /// <summary>The user or API token that acted.</summary>
    public required UserId ActorId { get; init; }

    /// <summary>The name of the user or API token; null if it is not of this organisation.</summary>
    public required string? ActorName { get; init; }

    /// <summary>The loan, customer, token or other thing that was acted on.</summary>
    public required SubjectId SubjectId { get; init; }

    /// <summary>Further values of the action.</summary>
    public required JsonElement Detail { get; init; }

    /// <summary>The interaction id of the request.</summary>
    public required string InteractionId { get; init; }

    /// <summary>When the action was recorded.</summary>
    public required DateTimeOffset RecordedAt { get; init; }
}
