namespace Paydown.Client;

/// <summary>The employees of the lender, for managers.</summary>
public sealed class StaffCalls
{
    private readonly Caller caller;

    internal StaffCalls(Caller caller) => this.caller = caller;

    /// <summary>Lists the employees, disabled ones included, the newest first.</summary>
    public IAsyncEnumerable<StaffMember> ListAsync(CancellationToken cancellationToken = default) =>
        caller.AllAsync(Routes.ListStaff, Routes.ListStaff.To(), PaydownJson.Default.StaffAnswer, cancellationToken);

    /// <summary>Gets one page of the employees; at most 50.</summary>
    public Task<Page<StaffMember>> GetPageAsync(
        PagePosition page,
        int size = 10,
        CancellationToken cancellationToken = default
    ) =>
        caller.PageAsync(
            Routes.ListStaff,
            Routes.ListStaff.To(),
            page,
            size,
            PaydownJson.Default.StaffAnswer,
            cancellationToken
        );

    /// <summary>Gets one employee.</summary>
    public Task<StaffMember> GetAsync(Guid staffId, CancellationToken cancellationToken = default) =>
        caller.SendAsync(
            Routes.GetStaffMember,
            Routes.GetStaffMember.To(staffId),
            PaydownJson.Default.StaffMemberAnswer,
            cancellationToken
        );

    /// <summary>Invites an employee by mail.</summary>
    public Task<StaffMember> InviteAsync(
        StaffDefinition definition,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.InviteStaff,
            Routes.InviteStaff.To(),
            definition,
            PaydownJson.Default.StaffDefinition,
            PaydownJson.Default.StaffMemberAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Replaces e-mail, name and role of an employee. Another role ends the employee's sessions.</summary>
    public Task<StaffMember> ChangeAsync(
        Guid staffId,
        StaffDefinition definition,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) =>
        caller.SendAsync(
            Routes.ChangeStaff,
            Routes.ChangeStaff.To(staffId),
            definition,
            PaydownJson.Default.StaffDefinition,
            PaydownJson.Default.StaffMemberAnswer,
            cancellationToken,
            idempotencyKey
        );

    /// <summary>Disables a sign-in at once. Disabling again has no effect.</summary>
    public Task<StaffMember> DisableAsync(
        Guid staffId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => SendAsync(Routes.DisableStaff, staffId, idempotencyKey, cancellationToken);

    /// <summary>Enables a sign-in again.</summary>
    public Task<StaffMember> EnableAsync(
        Guid staffId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => SendAsync(Routes.EnableStaff, staffId, idempotencyKey, cancellationToken);

    /// <summary>Ends the lock that failed sign-ins have caused.</summary>
    public Task<StaffMember> UnlockAsync(
        Guid staffId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => SendAsync(Routes.UnlockStaff, staffId, idempotencyKey, cancellationToken);

    /// <summary>Removes password and second factor, ends all sessions, and sends a new invitation.</summary>
    public Task<StaffMember> ResetSignInAsync(
        Guid staffId,
        string? idempotencyKey = null,
        CancellationToken cancellationToken = default
    ) => SendAsync(Routes.ResetStaffSignIn, staffId, idempotencyKey, cancellationToken);

    private Task<StaffMember> SendAsync(
        Route route,
        Guid staffId,
        string? idempotencyKey,
        CancellationToken cancellationToken
    ) =>
        caller.SendAsync(
            route,
            route.To(staffId),
            PaydownJson.Default.StaffMemberAnswer,
            cancellationToken,
            idempotencyKey
        );
}
