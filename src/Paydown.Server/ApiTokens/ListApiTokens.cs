using Npgsql;
using Paydown.Server.Platform.Http;

namespace Paydown.Server.ApiTokens;

/// <summary>The API tokens of an organisation, newest first, those that count no longer included.</summary>
public sealed class ListApiTokens(NpgsqlDataSource database)
{
    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var paging = Paging.Of(call);
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var (tokens, total) = await ApiTokenStore.ListAsync(
            connection, call.Caller.OrganisationId, paging.Size, (paging.Number - 1L) * paging.Size,
            call.Cancellation);
        return Answer.Success(tokens, page: paging.ToPage(total));
    }
}
