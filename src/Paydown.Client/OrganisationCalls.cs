namespace Paydown.Client;

/// <summary>The settings of the organisation and its bank accounts, for managers.</summary>
public sealed class OrganisationCalls
{
    private readonly Caller caller;

    internal OrganisationCalls(Caller caller) => this.caller = caller;

    /// <summary>Gets the settings of the organisation.</summary>
    public Task<Organisation> GetAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.Organisation,
            Routes.Organisation.To(),
            PaydownJson.Default.OrganisationAnswer,
            cancellationToken
        );

    /// <summary>
    /// Replaces all settings. Takes an idempotency key, as <see cref="RepaymentCalls.ReportAsync"/> does. Read an
    /// <see cref="Organisation"/>, change it by <c>with</c> and send it back. A change that weakens a control awaits a
    /// second manager: see <see cref="Organisation.AwaitedApproval"/>.
    /// </summary>
    public Task<Organisation> ChangeAsync(
        OrganisationSettings settings,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeOrganisation,
            Routes.ChangeOrganisation.To(),
            settings,
            PaydownChangesJson.Default.OrganisationSettings,
            PaydownJson.Default.OrganisationAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Gets how arrears are counted and losses provided for.</summary>
    public Task<ArrearsPolicy> GetArrearsPolicyAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ArrearsPolicy,
            Routes.ArrearsPolicy.To(),
            PaydownJson.Default.ArrearsPolicyAnswer,
            cancellationToken
        );

    /// <summary>Replaces the policy of arrears. Every open loan follows it at the next end of day.</summary>
    /// <param name="policy">The whole policy, with the version that it is based on.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the policy may still change.</param>
    public Task<ArrearsPolicy> ChangeArrearsPolicyAsync(
        ArrearsPolicyChange policy,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeArrearsPolicy,
            Routes.ChangeArrearsPolicy.To(),
            policy,
            PaydownChangesJson.Default.ArrearsPolicyChange,
            PaydownJson.Default.ArrearsPolicyAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Lists the bank accounts of the lender, for officers.</summary>
    public Task<List<OwnAccount>> ListCollectionAccountsAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.ListCollectionAccounts,
            Routes.ListCollectionAccounts.To(),
            PaydownJson.Default.OwnAccountsAnswer,
            cancellationToken
        );

    /// <summary>Adds a bank account of the lender, so that its statements can be imported.</summary>
    /// <param name="account">The account.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the account may still be added.</param>
    public Task<OwnAccount> AddCollectionAccountAsync(
        NewCollectionAccount account,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.AddCollectionAccount,
            Routes.AddCollectionAccount.To(),
            account,
            PaydownJson.Default.NewCollectionAccount,
            PaydownJson.Default.OwnAccountAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Renames a bank account of the lender, closes it or opens it again.</summary>
    /// <param name="collectionAccountId">The account.</param>
    /// <param name="change">The account as it is to be.</param>
    /// <param name="idempotencyKey">As for <see cref="RepaymentCalls.ReportAsync"/>.</param>
    /// <param name="cancellationToken">Stops waiting; the account may still be changed.</param>
    public Task<OwnAccount> ChangeCollectionAccountAsync(
        Guid collectionAccountId,
        CollectionAccountChange change,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeCollectionAccount,
            Routes.ChangeCollectionAccount.To(collectionAccountId),
            change,
            PaydownChangesJson.Default.CollectionAccountChange,
            PaydownJson.Default.OwnAccountAnswer,
            cancellationToken,
            idempotencyKey
        );
}
