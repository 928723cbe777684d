using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Notices;

namespace Paydown.Server.Notices;

/// <summary>Lists the notices that customers can get, with the words and whether they are on.</summary>
public sealed class ListNoticeRules(NpgsqlDataSource database) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("List the kinds of notices to customers, with their words").Returns<
            IReadOnlyList<NoticeRuleView>
        >();

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        await using var connection = await database.OpenConnectionAsync(call.Cancellation);
        var rules = await NoticeRuleStore.ListAsync(connection, call.Caller.OrganisationId, call.Cancellation);
        return Answer.Success<IReadOnlyList<NoticeRuleView>>([.. rules.Select(NoticeRuleView.Of)]);
    }
}

/// <summary>A kind of notice to customers.</summary>
public sealed record NoticeRuleView
{
    /// <summary>The kind, for example <c>REPAYMENT_VERIFIED</c>.</summary>
    public required NoticeKind Kind { get; init; }

    /// <summary>True if customers get it.</summary>
    public required bool IsOn { get; init; }

    /// <summary>The subject line, with placeholders.</summary>
    public required string Subject { get; init; }

    /// <summary>The text, with placeholders.</summary>
    public required string Text { get; init; }

    /// <summary>True if these are Paydown's words, not the organisation's.</summary>
    public required bool IsDefault { get; init; }

    /// <summary>
    /// When a reminder is sent: days before the due date (<c>DUE_SOON</c>) or after it (<c>OVERDUE</c>). Null for all
    /// other kinds.
    /// </summary>
    public required IReadOnlyList<int>? Days { get; init; }

    /// <summary>The placeholders of this kind; each is written in braces: <c>{firstName}</c>.</summary>
    public required IReadOnlyList<string> Placeholders { get; init; }

    public static NoticeRuleView Of(NoticeRule rule) =>
        new()
        {
            Kind = rule.Kind,
            IsOn = rule.IsOn,
            Subject = rule.Template.Subject,
            Text = rule.Template.Text,
            IsDefault = rule.Own is null,
            Days = rule.Days,
            Placeholders = NoticeTemplate.PlaceholdersOf(rule.Kind),
        };
}
