using Npgsql;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Notices;

namespace Paydown.Server.Notices;

/// <summary>Lists the notices that the lender sends, and which of them the customer wants.</summary>
public sealed class ListNoticeChoices(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the notices that you get").Returns<IReadOnlyList<NoticeChoice>>();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        return Answer.Success(await NoticeChoice.ListAsync(connection, call));
    }
}

/// <summary>A kind of notice, and whether the customer wants it.</summary>
/// <param name="Kind">The kind, for example <c>DUE_SOON</c>.</param>
/// <param name="IsSent">True if the lender sends it.</param>
/// <param name="IsOptional">True if the customer may decline it.</param>
/// <param name="IsDeclined">True if the customer has declined it.</param>
public sealed record NoticeChoice(NoticeKind Kind, bool IsSent, bool IsOptional, bool IsDeclined)
{
    internal static async Task<IReadOnlyList<NoticeChoice>> ListAsync(NpgsqlConnection connection, Call call)
    {
        var rules = await NoticeRuleStore.ListAsync(connection, call.Caller.OrganisationId, call.Cancellation);
        var customerId = call.Caller.CustomerId;
        var declined = await NoticeChoiceStore.ListDeclinedAsync(connection, customerId, call.Cancellation);
        return
        [
            .. rules.Select(rule => new NoticeChoice(
                rule.Kind,
                rule.IsOn,
                rule.Kind.IsOptional,
                declined.Contains(rule.Kind)
            )),
        ];
    }
}
