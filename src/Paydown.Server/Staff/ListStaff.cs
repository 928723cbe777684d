using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.Staff;

/// <summary>Lists the employees of an organisation, disabled ones included, the newest first.</summary>
public sealed class ListStaff(NpgsqlDataSource database, TimeProvider time) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the employees who may sign in, the newest first")
            .Takes(Paging.Fields)
            .ReturnsPage<StaffMember>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await StaffStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Paging,
            time.GetUtcNow(),
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, member => new(member.Id), page.Counted);
    }
}
