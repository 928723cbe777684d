using System.CommandLine;
using System.Text.Json;
using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;
using Paydown.Server.Staff;

namespace Paydown.Server.Commands;

/// <summary>
/// <c>paydown staff</c>: the employees of a lender, for the operator. It works without any manager, and so brings a
/// lender back whose only manager lost the password.
/// </summary>
internal static class StaffVerb
{
    private const string Interaction = "paydown staff";

    private static readonly Argument<string> Person = new("person") { Description = "E-mail address or id" };

    private static readonly Argument<string> Email = new("email") { Description = "E-mail address to sign in with" };

    private static readonly Option<string> NewEmail = new("--email") { Description = "Another e-mail address" };

    private static readonly Option<string> FirstName = new("--first-name") { Description = "First name" };

    private static readonly Option<string> LastName = new("--last-name") { Description = "Last name" };

    private static readonly Option<string> OfRole = new("--role")
    {
        Description = "AGENT, CASHIER or MANAGER",
        HelpName = "ROLE",
    };

    private static readonly Option<OrganisationId?> Organisation = SharedOptions.Organisation(
        "The organisation; required if there are several"
    );

    /// <summary>A change of one employee.</summary>
    private delegate Task<Result<StaffChange>> Change(
        NpgsqlConnection connection,
        StaffMember member,
        OrganisationId organisationId,
        ActionContext context,
        CancellationToken cancellation
    );

    /// <summary>Creates the verb.</summary>
    public static Verb Create()
    {
        var changes = new StaffChanges(
            new AccountNotices(new Ids(TimeProvider.System)),
            new Ids(TimeProvider.System),
            TimeProvider.System
        );
        var verb = Of("staff", "Manage the employees of a lender. A server may be running.", "paydown staff list");
        verb.Add(List());
        verb.Add(Invite(changes));
        verb.Add(ChangeOf(changes));
        verb.Add(
            On(
                "disable",
                "Disable a sign-in at once on every server.",
                (connection, one, organisation, context, stop) =>
                    changes.DisableAsync(connection, organisation, one.Id, context, stop)
            )
        );
        verb.Add(
            On(
                "enable",
                "Enable a sign-in again.",
                (connection, one, organisation, context, stop) =>
                    changes.EnableAsync(connection, organisation, one.Id, context, stop)
            )
        );
        verb.Add(
            On(
                "unlock",
                "Unlock a sign-in after failures.",
                (connection, one, organisation, context, stop) =>
                    changes.UnlockAsync(connection, organisation, one.Id, context, stop)
            )
        );
        verb.Add(
            On(
                "reset-sign-in",
                "Remove password and second factor, and print a new invitation.",
                (connection, one, organisation, context, stop) =>
                    changes.ResetSignInAsync(connection, organisation, one.Id, isOperator: true, context, stop)
            )
        );
        return verb;
    }

    private static Verb Of(string name, string description, string example)
    {
        var verb = new Verb(name, description, example, "operating.md#staff");
        if (name == "staff")
            return verb;
        verb.Add(Organisation);
        verb.Add(SharedOptions.DataFolder);
        verb.Add(SharedOptions.Connection);
        verb.Add(SharedOptions.Databases);
        verb.Add(SharedOptions.On);
        verb.Add(SharedOptions.Json);
        return verb;
    }

    private static Verb List()
    {
        var verb = Of("list", "List the employees.", "paydown staff list --data .paydown");
        verb.SetAction(
            (parsed, token) =>
                OnDatabase.RunAsync(
                    parsed,
                    async (db, output, stop) =>
                    {
                        var all = await ReadAsync(db, parsed, stop);
                        var text = parsed.GetValue(SharedOptions.Json)
                            ? JsonSerializer.Serialize(all, Wire.Options)
                            : string.Join('\n', all.Select(LineOf));
                        await output.WriteLineAsync(text);
                        return 0;
                    },
                    token
                )
        );
        return verb;
    }

    private static Verb Invite(StaffChanges changes)
    {
        var verb = Of(
            "invite",
            "Invite an employee, and print the link or the code that sets the password.",
            "paydown staff invite bola@lender.example --first-name Bola --last-name Eze --role CASHIER"
        );
        foreach (var option in (Option[])[FirstName, LastName, OfRole])
            verb.Add(option);
        verb.Add(Email);
        verb.SetAction(
            (parsed, token) =>
                WriteAsync(
                    parsed,
                    async (connection, organisation, context, stop) =>
                    {
                        var user = new User(
                            new Ids(TimeProvider.System).Next<UserId>(),
                            organisation,
                            RoleOf(parsed) ?? throw new UsageException("--role is missing: AGENT, CASHIER or MANAGER."),
                            parsed.GetValue(FirstName) ?? "",
                            parsed.GetValue(LastName) ?? "",
                            parsed.GetRequiredValue(Email)
                        );
                        ShouldBeRight(user);
                        return await changes.InviteAsync(connection, user, context, stop);
                    },
                    token
                )
        );
        return verb;
    }

    private static Verb ChangeOf(StaffChanges changes)
    {
        var verb = On(
            "change",
            "Change e-mail, name or role. What is left out stays.",
            example: "paydown staff change bola@lender.example --role MANAGER --data .paydown",
            change: (parsed, connection, one, organisation, context, stop) =>
            {
                var user = new User(
                    one.Id,
                    organisation,
                    RoleOf(parsed) ?? one.Role,
                    parsed.GetValue(FirstName) ?? one.FirstName,
                    parsed.GetValue(LastName) ?? one.LastName,
                    parsed.GetValue(NewEmail) ?? one.Email
                );
                ShouldBeRight(user);
                return changes.ChangeAsync(connection, user, context, stop);
            }
        );
        foreach (var option in (Option[])[NewEmail, FirstName, LastName, OfRole])
            verb.Add(option);
        return verb;
    }

    private static Verb On(string name, string description, Change change) =>
        On(
            name,
            description,
            $"paydown staff {name} bola@lender.example --data .paydown",
            (_, connection, one, organisation, context, stop) => change(connection, one, organisation, context, stop)
        );

    private static Verb On(
        string name,
        string description,
        string example,
        Func<
            ParseResult,
            NpgsqlConnection,
            StaffMember,
            OrganisationId,
            ActionContext,
            CancellationToken,
            Task<Result<StaffChange>>
        > change
    )
    {
        var verb = Of(name, description, example);
        verb.Add(Person);
        verb.SetAction(
            (parsed, token) =>
                WriteAsync(
                    parsed,
                    async (connection, organisation, context, stop) =>
                    {
                        var one = await FindAsync(connection, organisation, parsed.GetRequiredValue(Person), stop);
                        return await change(parsed, connection, one, organisation, context, stop);
                    },
                    token
                )
        );
        return verb;
    }

    private static Task<int> WriteAsync(
        ParseResult parsed,
        Func<NpgsqlConnection, OrganisationId, ActionContext, CancellationToken, Task<Result<StaffChange>>> change,
        CancellationToken cancellation
    ) =>
        OnDatabase.RunAsync(
            parsed,
            async (db, output, stop) =>
            {
                await new Migrator(db, TimeProvider.System).RequireCurrentAsync(stop);
                await using var transaction = await WriteTransaction.BeginAsync(
                    db,
                    stop,
                    answerMax: Timeout.InfiniteTimeSpan
                );
                var lender = await ChosenLender.LockAsync(transaction.Connection, parsed.GetValue(Organisation), stop);
                var now = ActionContext.InstantOf(TimeProvider.System);
                // The operator is not a user and has no id.
                var context = new ActionContext(
                    UserId.Nobody,
                    now,
                    DateOnly.FromDateTime(now.UtcDateTime),
                    Interaction
                );
                var changed = await change(transaction.Connection, lender.Id, context, stop);
                if (changed.IsRefused)
                    throw new OperatingException(changed.Refusal.Message);
                var sender = await NoticeSender.ReadAsync(transaction.Connection, lender.Id, stop);
                await transaction.CommitAsync();
                await output.WriteLineAsync(TextOf(changed.Value, sender, parsed.GetValue(SharedOptions.Json)));
                return 0;
            },
            cancellation
        );

    private static string TextOf(StaffChange change, NoticeSender sender, bool json)
    {
        var invitation = change.Token is { } token ? sender.LinkOf(TokenPurpose.Invitation, token) : null;
        if (json)
            return JsonSerializer.Serialize(new { change.Member, Invitation = invitation }, Wire.Options);
        return invitation is null
            ? LineOf(change.Member)
            : $"{LineOf(change.Member)}\nThe invitation is mailed, too. It sets the password once, within 7 days:\n"
                + invitation;
    }

    private static string LineOf(StaffMember one) =>
        $"{one.Id}  {Words.Write(one.Role), -7}  {Words.Write(one.State), -8}  {one.Email}  "
        + $"{one.FirstName} {one.LastName}";

    private static Role? RoleOf(ParseResult parsed) =>
        parsed.GetValue(OfRole) is not { } word ? null
        : Enum.TryParse<Role>(word, ignoreCase: true, out var role)
        && role is Role.Agent or Role.Cashier or Role.Manager
            ? role
        : throw new UsageException($"--role: '{word}' is not AGENT, CASHIER or MANAGER.");

    private static void ShouldBeRight(User user)
    {
        var errors = StaffBody.ErrorsOf(user).Select(error => $"{error.Field} {error.Message}").ToList();
        if (errors.Count > 0)
            throw new UsageException(string.Join('\n', errors));
    }

    private static async Task<StaffMember> FindAsync(
        NpgsqlConnection connection,
        OrganisationId organisationId,
        string person,
        CancellationToken cancellation
    )
    {
        var id = IdText.TryParse(person, "D", out UserId parsed) ? parsed : (UserId?)null;
        var found = await StaffStore.FindAsync(
            connection,
            organisationId,
            id,
            id is null ? person : null,
            TimeProvider.System.GetUtcNow(),
            cancellation
        );
        return found is [var one]
            ? one
            : throw new OperatingException($"There is no employee {person}. List them with paydown staff list.");
    }

    private static async Task<IReadOnlyList<StaffMember>> ReadAsync(
        NpgsqlDataSource db,
        ParseResult parsed,
        CancellationToken cancellation
    )
    {
        await new Migrator(db, TimeProvider.System).RequireCurrentAsync(cancellation);
        await using var transaction = await WriteTransaction.BeginAsync(db, cancellation);
        var connection = transaction.Connection;
        var lender = await ChosenLender.LockAsync(connection, parsed.GetValue(Organisation), cancellation);
        var now = TimeProvider.System.GetUtcNow();
        return await StaffStore.FindAsync(connection, lender.Id, null, null, now, cancellation);
    }
}
