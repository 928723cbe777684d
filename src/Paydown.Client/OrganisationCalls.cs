namespace Paydown.Client;

/// <summary>The settings of the organisation, for managers.</summary>
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
}
