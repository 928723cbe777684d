using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Applications;

/// <summary>Lists the applications of an officer's organisation, newest first, one page at a time.</summary>
public sealed class ListApplications(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    private const string All = "ALL";

    private static readonly Field<string?> Status = Field
        .OneOf(
            "status",
            "Only applications with this status. Absent: ALL.",
            [.. Enum.GetValues<ApplicationStatus>().Select(ApplicationStates.Word), All]
        )
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the applications of the organisation, newest first")
            .Takes([Status, .. Paging.Fields])
            .ReturnsPage<OfficerApplication>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var now = time.GetUtcNow();
        var status = call.Query.Get(Status) ?? All;
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await ApplicationListStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            status == All ? null : Words.Read<ApplicationStatus>(status),
            now,
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(
            page.Records,
            stored => new(stored.Id),
            stored => OfficerApplication.Of(stored, now),
            page.Counted
        );
    }
}
