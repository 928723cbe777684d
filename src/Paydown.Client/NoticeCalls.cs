namespace Paydown.Client;

/// <summary>E-mails to customers and staff, for managers.</summary>
public sealed class NoticeCalls
{
    private readonly Caller caller;

    internal NoticeCalls(Caller caller) => this.caller = caller;

    /// <summary>Lists the notices, newest first.</summary>
    public IAsyncEnumerable<ListedNotice> ListAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(
            Routes.ListNotices,
            Routes.ListNotices.To(),
            PaydownJson.Default.NoticesAnswer,
            cancellationToken
        );

    /// <summary>Gets one page of the notices; at most 50.</summary>
    public Task<Page<ListedNotice>> GetPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListNotices,
            Routes.ListNotices.To(),
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
}
