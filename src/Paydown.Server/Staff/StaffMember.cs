using Npgsql;
using NpgsqlTypes;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Staff;

/// <summary>Whether an employee can sign in.</summary>
public enum StaffState
{
    /// <summary>Not yet: the invitation is not accepted.</summary>
    Invited,

    /// <summary>Yes.</summary>
    Active,

    /// <summary>No: a manager disabled the sign-in.</summary>
    Disabled,
}

/// <summary>An employee of the lender who may sign in.</summary>
public sealed record StaffMember
{
    /// <summary>The id, which the audit trail names as the actor.</summary>
    public required UserId Id { get; init; }

    /// <summary>The e-mail address to sign in with.</summary>
    public required string Email { get; init; }

    /// <summary>The first name.</summary>
    public required string FirstName { get; init; }

    /// <summary>The last name.</summary>
    public required string LastName { get; init; }

    /// <summary>What the employee may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Whether the employee can sign in.</summary>
    public required StaffState State { get; init; }

    /// <summary>True if the employee signs in with a second factor.</summary>
    public required bool HasSecondFactor { get; init; }

    /// <summary>
    /// Until when failed sign-ins lock the account for clients that never signed in; null if they do not.
    /// </summary>
    public required DateTimeOffset? LockedUntil { get; init; }

    /// <summary>When the employee last signed in; null if never, or longer ago than sessions are kept.</summary>
    public required DateTimeOffset? LastSignedInAt { get; init; }

    /// <summary>When the employee was added.</summary>
    public required DateTimeOffset AddedAt { get; init; }

    /// <summary>True if the employee can sign in and manage the others.</summary>
    internal bool IsActiveManager => Role == Role.Manager && State == StaffState.Active;
}

/// <summary>Reads employees. <see cref="UserStore"/> writes them.</summary>
public static class StaffStore
{
    private const string OfStaff = "u.organisation_id = $1 and u.role <> 'CUSTOMER'";

    private static readonly string Columns = $"""
        {User.Columns}, u.recorded_at,
        case when u.disabled_at is not null then 'DISABLED' when u.password_hash is null then 'INVITED' else 'ACTIVE' end
          as state,
        exists (select from second_factor sf where sf.user_id = u.id and sf.confirmed_at is not null)
          as has_second_factor,
        (select max(s.signed_in_at) from user_session s where s.user_id = u.id) as last_signed_in_at,
        {SignInFailures.LockedUntil(
            """
            f.account = sha256(convert_to(lower(u.email), 'UTF8'))
            and (f.organisation_id = u.organisation_id or f.organisation_id is null)
            and (u.unlocked_at is null or f.failed_at > u.unlocked_at)
            """
        )} as locked_until
        """;

    private static readonly PageQuery Page = new(
        $"from app_user u where {OfStaff}",
        $"""
        select {Columns} from app_user u where {OfStaff} and ($2::uuid is null or u.id < $2)
        order by u.id desc limit $3 offset $4
        """
    );

    /// <summary>Returns a page of the employees of an organisation, the newest first.</summary>
    public static Task<PageRecords<StaffMember>> ListAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        Paging paging,
        DateTimeOffset now,
        CancellationToken cancellation
    ) => Page.ReadAsync(connection, paging, [Sql.Value(organisationId)], reader => Read(reader, now), cancellation);

    /// <summary>Returns the employees of an organisation: the one with an id or an e-mail, or all.</summary>
    public static async Task<IReadOnlyList<StaffMember>> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        UserId? id,
        string? email,
        DateTimeOffset now,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"""
            select {Columns} from app_user u
            where {OfStaff} and ($2::uuid is null or u.id = $2) and ($3::text is null or lower(u.email) = lower($3))
            order by u.id
            """,
            connection
        )
        {
            Parameters =
            {
                Sql.Value(organisationId),
                Sql.Value(id, NpgsqlDbType.Uuid),
                Sql.Value(email, NpgsqlDbType.Text),
            },
        };
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var found = new List<StaffMember>();
        while (await reader.ReadAsync(cancellation))
            found.Add(Read(reader, now));
        return found;
    }

    /// <summary>
    /// Locks the employees of an organisation until the transaction ends, so changes of them are decided one after the
    /// other.
    /// </summary>
    public static async Task LockAllAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        CancellationToken cancellation
    )
    {
        await using var command = new NpgsqlCommand(
            $"select u.id from app_user u where {OfStaff} order by u.id for no key update",
            connection
        )
        {
            Parameters = { Sql.Value(organisationId) },
        };
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private static StaffMember Read(NpgsqlDataReader reader, DateTimeOffset now)
    {
        var user = User.Read(reader);
        return new()
        {
            Id = user.Id,
            Email = user.Email,
            FirstName = user.FirstName,
            LastName = user.LastName,
            Role = user.Role,
            State = Words.Read<StaffState>(reader.Text("state")),
            HasSecondFactor = reader.Boolean("has_second_factor"),
            LockedUntil = reader.InstantOrNull("locked_until") is { } until && until > now ? until : null,
            LastSignedInAt = reader.InstantOrNull("last_signed_in_at"),
            AddedAt = reader.Instant("recorded_at"),
        };
    }
}
