using Npgsql;
using Paydown.Lending.Applications;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>The applications of an officer's organisation, newest first, a page at a time.</summary>
public sealed class ListApplications(NpgsqlDataSource database, TimeProvider time)
{
    private const string All = "ALL";

    public static IReadOnlyList<Field> QueryFields { get; } =
    [
        Field.OneOf(
            "status", "Only these; absent: ALL.",
            [.. Enum.GetValues<ApplicationStatus>().Select(ApplicationStates.Word), All]).Optional(),
        .. Paging.Fields,
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var (paging, now) = (Paging.Of(call), time.GetUtcNow());
        var status = call.Query.TextOrNull("status") ?? All;
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var (files, total) = await ApplicationStore.ListAsync(
            connection, call.Caller.OrganisationId, status == All ? null : status, now, paging.Size,
            (paging.Number - 1L) * paging.Size, call.Cancellation);
        return Answer.Success(
            files.Select(file => OfficerApplication.Of(file, now)).ToList(), page: paging.ToPage(total));
    }
}
