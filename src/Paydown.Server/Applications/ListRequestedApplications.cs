using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Applications;

/// <summary>Lists the applications that an agent made for customers, newest first, one page at a time.</summary>
public sealed class ListRequestedApplications(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the applications that an agent made, newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<ApplicationDetails>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var now = time.GetUtcNow();
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await ApplicationListStore.ListRequestedAsync(
            connection,
            call.Caller.OrganisationId,
            call.Caller.UserId,
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(
            page.Records,
            stored => new(stored.Id),
            stored => ApplicationDetails.Of(stored, now),
            page.Counted
        );
    }
}
