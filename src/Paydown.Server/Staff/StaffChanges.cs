using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.SignIn;

namespace Paydown.Server.Staff;

/// <summary>A changed employee.</summary>
/// <param name="Member">The employee as changed.</param>
/// <param name="Ended">The sessions that ended. Revoke them on this server after the commit.</param>
/// <param name="Token">The token of an invitation; otherwise null.</param>
public sealed record StaffChange(StaffMember Member, IReadOnlyList<SessionId> Ended, string? Token = null)
{
    // A record would write the token.
    public override string ToString() => $"{Member.Id}";
}

/// <summary>
/// The changes of employees, for managers and for operators. One active manager always remains, because nobody else
/// could let one in again.
/// </summary>
public sealed class StaffChanges(AccountNotices notices, Ids ids, TimeProvider time)
{
    /// <summary>Adds an employee and mails an invitation.</summary>
    public async Task<Result<StaffChange>> InviteAsync(
        NpgsqlConnection connection,
        User user,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        try
        {
            await UserStore.AddAsync(connection, user, password: null, context.At, cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Refusals.EmailTaken();
        }

        await using var batch = new NpgsqlBatch(connection);
        var token = await AddInvitationAsync(batch, connection, user, context, cancellation);
        AddEntry(batch, user.OrganisationId, user.Id, "STAFF_INVITED", new { Role = Words.Write(user.Role) }, context);
        await batch.ExecuteNonQueryAsync(cancellation);
        return await ReadAsync(connection, user.OrganisationId, user.Id, [], token, cancellation);
    }

    /// <summary>Replaces name, e-mail and role. Another role ends all sessions, so that it counts at once.</summary>
    public async Task<Result<StaffChange>> ChangeAsync(
        NpgsqlConnection connection,
        User wanted,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(connection, wanted.OrganisationId, wanted.Id, cancellation);
        if (found.IsRefused)
            return found.Refusal;
        var (before, others) = found.Value;
        if (before.IsActiveManager && wanted.Role != Role.Manager && !others.Exists(one => one.IsActiveManager))
            return Refusals.LastManager();
        var changed = Differences(before, wanted);
        if (changed.Count == 0)
            return new StaffChange(before, []);

        await using var batch = new NpgsqlBatch(connection);
        UserStore.AddChangeTo(batch, wanted);
        // A token was mailed to the old address.
        if (changed.Contains("email"))
            OneTimeTokenStore.AddWithdrawalTo(batch, wanted.Id);
        AddEntry(
            batch,
            wanted.OrganisationId,
            wanted.Id,
            "STAFF_CHANGED",
            new
            {
                Changed = changed,
                Role = new { Before = Words.Write(before.Role), After = Words.Write(wanted.Role) },
            },
            context
        );
        try
        {
            await batch.ExecuteNonQueryAsync(cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return Refusals.EmailTaken();
        }

        var ended =
            before.Role == wanted.Role ? [] : await EndSessionsAsync(connection, wanted.Id, context, cancellation);
        return await ReadAsync(connection, wanted.OrganisationId, wanted.Id, ended, null, cancellation);
    }

    /// <summary>Disables a sign-in, and ends all sessions.</summary>
    public async Task<Result<StaffChange>> DisableAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId id,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(connection, organisationId, id, cancellation);
        if (found.IsRefused)
            return found.Refusal;
        var (before, others) = found.Value;
        if (before.State == StaffState.Disabled)
            return new StaffChange(before, []);
        if (before.IsActiveManager && !others.Exists(one => one.IsActiveManager))
            return Refusals.LastManager();

        await using var batch = new NpgsqlBatch(connection);
        UserStore.AddDisablingTo(batch, id, context.At);
        OneTimeTokenStore.AddWithdrawalTo(batch, id);
        AddEntry(batch, organisationId, id, "STAFF_DISABLED", new { }, context);
        await batch.ExecuteNonQueryAsync(cancellation);
        var ended = await EndSessionsAsync(connection, id, context, cancellation);
        return await ReadAsync(connection, organisationId, id, ended, null, cancellation);
    }

    /// <summary>Enables a sign-in again, with the password as before.</summary>
    public async Task<Result<StaffChange>> EnableAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId id,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(connection, organisationId, id, cancellation);
        if (found.IsRefused)
            return found.Refusal;
        if (found.Value.Member.State != StaffState.Disabled)
            return new StaffChange(found.Value.Member, []);
        await using var batch = new NpgsqlBatch(connection);
        UserStore.AddDisablingTo(batch, id, null);
        AddEntry(batch, organisationId, id, "STAFF_ENABLED", new { }, context);
        await batch.ExecuteNonQueryAsync(cancellation);
        return await ReadAsync(connection, organisationId, id, [], null, cancellation);
    }

    /// <summary>Ends the lock that failed sign-ins have caused.</summary>
    public async Task<Result<StaffChange>> UnlockAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId id,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(connection, organisationId, id, cancellation);
        if (found.IsRefused)
            return found.Refusal;
        await using var batch = new NpgsqlBatch(connection);
        UserStore.AddUnlockingTo(batch, id, context.At);
        AddEntry(batch, organisationId, id, "STAFF_UNLOCKED", new { }, context);
        await batch.ExecuteNonQueryAsync(cancellation);
        return await ReadAsync(connection, organisationId, id, [], null, cancellation);
    }

    /// <summary>
    /// Removes password and second factor, ends all sessions and mails a new invitation: for an employee who lost them,
    /// or whose sign-in somebody else may use.
    /// </summary>
    /// <param name="connection">A connection whose transaction is open.</param>
    /// <param name="organisationId">The organisation.</param>
    /// <param name="id">The employee.</param>
    /// <param name="isOperator">
    /// True for an operator, who sees the token and so may reset the last manager, too.
    /// </param>
    /// <param name="context">Who acts.</param>
    /// <param name="cancellation">Cancels the statements.</param>
    public async Task<Result<StaffChange>> ResetSignInAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId id,
        bool isOperator,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var found = await FindAsync(connection, organisationId, id, cancellation);
        if (found.IsRefused)
            return found.Refusal;
        var (before, others) = found.Value;
        if (before.State == StaffState.Disabled)
            return Refusals.StaffDisabled();
        if (!isOperator && before.IsActiveManager && !others.Exists(one => one.IsActiveManager))
            return Refusals.LastManager();

        await using var batch = new NpgsqlBatch(connection);
        UserStore.AddPasswordRemovalTo(batch, id, context.At);
        OneTimeTokenStore.AddWithdrawalTo(batch, id);
        SecondFactorStore.AddRemovalTo(batch, id);
        var user = new User(id, organisationId, before.Role, before.FirstName, before.LastName, before.Email);
        var token = await AddInvitationAsync(batch, connection, user, context, cancellation);
        AddEntry(batch, organisationId, id, "STAFF_SIGN_IN_RESET", new { }, context);
        await batch.ExecuteNonQueryAsync(cancellation);
        var ended = await EndSessionsAsync(connection, id, context, cancellation);
        return await ReadAsync(connection, organisationId, id, ended, token, cancellation);
    }

    // Read after the lock, so concurrent changes cannot remove the last manager together.
    private async Task<Result<(StaffMember Member, List<StaffMember> Others)>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId id,
        CancellationToken cancellation
    )
    {
        await StaffStore.LockAllAsync(connection, organisationId, cancellation);
        var all = await StaffStore.FindAsync(connection, organisationId, null, null, time.GetUtcNow(), cancellation);
        return all.FirstOrDefault(one => one.Id == id) is { } member
            ? (member, all.Where(one => one.Id != id).ToList())
            : Refusals.NotFound("employee");
    }

    private async Task<StaffChange> ReadAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId id,
        IReadOnlyList<SessionId> ended,
        string? token,
        CancellationToken cancellation
    )
    {
        var members = await StaffStore.FindAsync(connection, organisationId, id, null, time.GetUtcNow(), cancellation);
        return new(members[0], ended, token);
    }

    private async Task<string> AddInvitationAsync(
        NpgsqlBatch batch,
        NpgsqlConnection connection,
        User user,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        var token = RefreshSecret.Create();
        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, cancellation);
        OneTimeTokenStore.AddTo(batch, user.Id, TokenPurpose.Invitation, token, context.At);
        NoticeStore.AddTo(batch, notices.Invitation(sender, user, token, context.At), context.At);
        return token;
    }

    private static Task<IReadOnlyList<SessionId>> EndSessionsAsync(
        NpgsqlConnection connection,
        UserId id,
        ActionContext context,
        CancellationToken cancellation
    ) =>
        SignInStore.EndSessionsAsync(connection, id, except: null, RevocationCause.ByManager, context.At, cancellation);

    private static List<string> Differences(StaffMember before, User wanted)
    {
        var changed = new List<string>();
        if (before.Email != wanted.Email)
            changed.Add("email");
        if (before.FirstName != wanted.FirstName)
            changed.Add("firstName");
        if (before.LastName != wanted.LastName)
            changed.Add("lastName");
        if (before.Role != wanted.Role)
            changed.Add("role");
        return changed;
    }

    private void AddEntry(
        NpgsqlBatch batch,
        OrganisationId organisationId,
        UserId id,
        string action,
        object detail,
        ActionContext context
    ) =>
        AuditTrail.AddTo(
            batch,
            [
                new(
                    organisationId,
                    id.AsSubject,
                    context,
                    new(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(detail, Wire.Options))
                ),
            ]
        );
}
