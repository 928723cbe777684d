namespace Paydown.Client;

/// <summary>For managers: what they decide about their organisation.</summary>
public sealed class OrganisationCalls
{
    private readonly Caller caller;

    internal OrganisationCalls(Caller caller) => this.caller = caller;

    /// <summary>The settings of the organisation.</summary>
    public Task<Organisation> GetAsync(CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.Organisation,
            Routes.Organisation.To(),
            PaydownJson.Default.OrganisationAnswer,
            cancellationToken
        );

    /// <summary>
    /// Changes them, all at once; takes an idempotency key as <see cref="RepaymentCalls.ReportAsync"/> does. An
    /// <see cref="Organisation"/> that was read can be sent back, changed by <c>with</c>. A change that weakens a
    /// control waits for a second manager: see <see cref="Organisation.AwaitedApproval"/>.
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
}
