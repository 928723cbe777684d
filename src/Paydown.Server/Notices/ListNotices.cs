using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Notices;

namespace Paydown.Server.Notices;

/// <summary>Lists the e-mails to customers and staff, newest first, with what became of them.</summary>
public sealed class ListNotices(NpgsqlDataSource database) : IUseCase
{
    private static readonly Field<NoticeState?> State = Field
        .OneOf<NoticeState>("state", "Only notices in this state, for example those that were given up.")
        .Optional();

    public static Contract Contract { get; } =
        new Contract("List the notices, newest first").Takes([State, .. Paging.Fields]).ReturnsPage<ListedNotice>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var page = await NoticeStore.ListAsync(
            connection,
            call.Caller.OrganisationId,
            call.Query.Get(State),
            call.Paging,
            call.Cancellation
        );
        return call.Paging.Answer(page.Records, notice => new(notice.Id), page.Counted);
    }
}
