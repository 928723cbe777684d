using System.Text.Json;
using Npgsql;
using Paydown.Lending.Amounts;
using Paydown.Lending.BankAccounts;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Loans;
using Paydown.Lending.Outcomes;
using Paydown.Server.Notices;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Notices;
using Paydown.Server.SignIn;

namespace Paydown.Server.Commands;

/// <summary>A lender to create, with its first manager. All values are checked.</summary>
internal sealed record NewLender
{
    public required string Name { get; init; }

    public required string? LegalName { get; init; }

    public required string CountryIso3 { get; init; }

    public required Currency Currency { get; init; }

    public required string TimeZone { get; init; }

    public required CollectionAccount Collection { get; init; }

    public required Contact Contact { get; init; }

    public required string ManagerEmail { get; init; }

    public required string ManagerFirstName { get; init; }

    public required string ManagerLastName { get; init; }

    /// <summary>The manager's password; null if the manager gets an invitation.</summary>
    public required string? Password { get; init; }

    /// <summary>The path of a file of products; null to create none.</summary>
    public required string? ProductsFile { get; init; }

    /// <summary>What the operator should look at again; empty if nothing.</summary>
    public IReadOnlyList<string> Warnings =>
        CountryIso3 == "NGA" && !Nuban.TryParse(Collection.BankCode, Collection.AccountNumber, out _)
            ?
            [
                $"The collection account {Collection.AccountNumber} is not a NUBAN of bank {Collection.BankCode}: its "
                    + "check digit is wrong. Borrowers will send their money there, so compare it once more.",
            ]
            : [];

    // A record would write the password.
    public override string ToString() => Name;

    /// <summary>Adds the lender and its manager, in the transaction of the connection.</summary>
    /// <param name="connection">A connection whose transaction is open.</param>
    /// <param name="password">The hash of the password; null if the manager gets an invitation.</param>
    /// <param name="verb">The command, for the audit trail.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellation">Cancels the statements.</param>
    public async Task<CreatedLender> AddAsync(
        NpgsqlConnection connection,
        PasswordHash? password,
        string verb,
        TimeProvider time,
        CancellationToken cancellation
    )
    {
        var (ids, now) = (new Ids(time), ActionContext.InstantOf(time));
        var settings = new OrganisationSettings
        {
            Id = ids.Next<OrganisationId>(),
            Name = Name,
            LegalName = LegalName,
            CountryIso3 = CountryIso3,
            Currency = Currency,
            TimeZone = TimeZone,
            WithdrawalFee = Money.Zero(Currency),
            AccrualPosting = AccrualPosting.Monthly,
            Contact = Contact,
            Collection = Collection,
            RecordedAt = now,
        };
        await OrganisationStore.AddAsync(connection, settings, cancellation);
        var manager = new User(
            ids.Next<UserId>(),
            settings.Id,
            Role.Manager,
            ManagerFirstName,
            ManagerLastName,
            ManagerEmail
        );
        await UserStore.AddAsync(connection, manager, password, now, cancellation);
        // The operator is not a user and has no id.
        var context = new ActionContext(UserId.Nobody, now, DateOnly.FromDateTime(now.UtcDateTime), verb);
        await using var batch = new NpgsqlBatch(connection);
        NoticeRuleStore.AddAllTo(batch, settings.Id);
        AuditTrail.AddTo(
            batch,
            [
                Entry(settings.Id.AsSubject, "ORGANISATION_CREATED", new { settings.Name }),
                Entry(manager.Id.AsSubject, "STAFF_ADDED", new { Role = Words.Write(manager.Role) }),
            ]
        );
        var (token, sender) = (RefreshSecret.Create(), new NoticeSender(settings.Id, settings.Name, Host: null));
        if (password is null)
        {
            OneTimeTokenStore.AddTo(batch, manager.Id, TokenPurpose.Invitation, token, now);
            NoticeStore.AddTo(batch, new AccountNotices(ids).Invitation(sender, manager, token, now), now);
        }

        await batch.ExecuteNonQueryAsync(cancellation);
        return new(settings, manager, password is null ? sender.LinkOf(TokenPurpose.Invitation, token) : null);

        AuditRecord Entry(SubjectId subject, string action, object detail) =>
            new(
                settings.Id,
                subject,
                context,
                new(ids.Next<AuditEntryId>(), action, JsonSerializer.Serialize(detail, Wire.Options))
            );
    }
}

/// <summary>A lender that was just created, and its manager.</summary>
/// <param name="Settings">The lender.</param>
/// <param name="Manager">The manager.</param>
/// <param name="Invitation">The link or code that sets the manager's password; null if there is a password.</param>
internal sealed record CreatedLender(OrganisationSettings Settings, User Manager, string? Invitation)
{
    // A record would write the invitation.
    public override string ToString() => Settings.Name;
}
