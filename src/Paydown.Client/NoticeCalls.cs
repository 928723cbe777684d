namespace Paydown.Client;

/// <summary>E-mails to customers and staff, for managers; and which of them a customer wants.</summary>
public sealed class NoticeCalls
{
    private readonly Caller caller;

    internal NoticeCalls(Caller caller) => this.caller = caller;

    /// <summary>Lists the notices that the lender sends its customers, and which of them the customer wants.</summary>
    public Task<List<NoticeChoice>> ListChoicesAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ListNoticeChoices,
            Routes.ListNoticeChoices.To(),
            PaydownJson.Default.NoticeChoicesAnswer,
            cancellationToken
        );

    /// <summary>Declines optional notices for the customer.</summary>
    /// <param name="declined">All kinds that the customer does not want; empty to want all.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the choice may still be stored.</param>
    public Task<List<NoticeChoice>> ChooseAsync(
        IReadOnlyList<NoticeKind> declined,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChooseNotices,
            Routes.ChooseNotices.To(),
            new NoticesDeclined(declined),
            PaydownJson.Default.NoticesDeclined,
            PaydownJson.Default.NoticeChoicesAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the notices, newest first.</summary>
    /// <param name="state">Only notices in this state; null for all.</param>
    /// <param name="cancellationToken">Stops reading.</param>
    public IAsyncEnumerable<ListedNotice> ListAsync(
        NoticeState? state = null,
        CancellationToken cancellationToken = default
    ) => caller.AllAsync(Routes.ListNotices, ListAddress(state), PaydownJson.Default.NoticesAnswer, cancellationToken);

    /// <summary>Gets one page of the notices; at most 50.</summary>
    public Task<Page<ListedNotice>> GetPageAsync(
        PagePosition page,
        int size = 10,
        NoticeState? state = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListNotices,
            ListAddress(state),
            page,
            size,
            PaydownJson.Default.NoticesAnswer,
            cancellationToken
        );

    /// <summary>Lists the kinds of notices to customers, with their words.</summary>
    public Task<List<NoticeRule>> ListRulesAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ListNoticeRules,
            Routes.ListNoticeRules.To(),
            PaydownJson.Default.NoticeRulesAnswer,
            cancellationToken
        );

    /// <summary>Switches a kind of notice on or off, or words it.</summary>
    /// <param name="kind">The kind, for example <c>REPAYMENT_VERIFIED</c>.</param>
    /// <param name="change">The rule as it is to be.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the rule may still be changed.</param>
    public Task<NoticeRule> ChangeRuleAsync(
        string kind,
        NoticeRuleChange change,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeNoticeRule,
            Routes.ChangeNoticeRule.ToNamed(kind),
            change,
            PaydownJson.Default.NoticeRuleChange,
            PaydownJson.Default.NoticeRuleAnswer,
            cancellationToken,
            idempotencyKey
        );

    private static string ListAddress(NoticeState? state) => Caller.Query(Routes.ListNotices.To(), ("state", state));
}
