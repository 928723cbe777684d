using Npgsql;
using Paydown.Lending.Customers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Customers;

/// <summary>
/// Somebody becomes a customer, and can sign in at once. Nobody is signed in yet, so there is no idempotency key: the
/// e-mail, which is one person's at a lender, keeps a retry from making a second customer.
/// </summary>
public sealed class RegisterCustomer(
    NpgsqlDataSource database,
    OrganisationHosts hosts,
    OrganisationDirectory organisations,
    SignInLimits limits,
    PasswordHashingLimit passwords,
    Ids ids,
    TimeProvider time
)
{
    private const int TextLengthMax = 200;

    // Only what no text may have is checked here; RegistrationRules tells all the rest, and so all of it at once.
    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.OneOf("customerType", "Whose customer record it is.", "INDIVIDUAL"),
        Field.Text(
            "firstName",
            $"{RegistrationRules.NameLengthMin} to {RegistrationRules.NameLengthMax} letters, spaces, hyphens and "
                + "apostrophes.",
            0,
            TextLengthMax
        ) with
        {
            Example = "Ada",
        },
        Field.Text("lastName", "The same.", 0, TextLengthMax) with
        {
            Example = "Example",
        },
        Field.Text("email", "What one signs in with; nobody else's at this lender.", 0, 500) with
        {
            Example = "ada@example.com",
        },
        Field.Text(
            "dialingCode",
            $"The code of the country: + and 1 to {RegistrationRules.DialingCodeDigitsMax} digits.",
            0,
            TextLengthMax
        ) with
        {
            Example = "+234",
        },
        Field.Text(
            "phone",
            "The number without that code; spaces, hyphens, points and brackets do not count.",
            0,
            TextLengthMax
        ) with
        {
            Example = "8005550100",
        },
        Field.Moment(
            "dob",
            $"The date of birth: {RegistrationRules.AgeMin} to {RegistrationRules.AgeMax} years ago."
        ) with
        {
            Example = "1990-05-17",
        },
        Field.Text(
            "password",
            $"{RegistrationRules.PasswordLengthMin} to {RegistrationRules.PasswordLengthMax} characters, among them "
                + "an upper and a lower case letter, a digit and a special character.",
            0,
            500
        ) with
        {
            Example = "Password@1",
        },
        Field.Text("confirmPassword", "The same again.", 0, 500) with
        {
            Example = "Password@1",
        },
        Field.Object(
            "address",
            "Where the customer lives.",
            Field.Text("address1", "Street and number.", 0, TextLengthMax) with
            {
                Example = "1 Example Street",
            },
            Field.Text("address2", "What else finds the door.", 0, TextLengthMax).Optional() with
            {
                Example = "Flat 2",
            },
            Field.Text("countryCommonName", "The country as people call it.", 0, TextLengthMax) with
            {
                Example = "Nigeria",
            },
            Field.Text("postcode", "Where the place has one.", 0, 20).Optional() with
            {
                Example = "100001",
            },
            Field.Text("countryIso3", "Its three letters, as in ISO 3166-1.", 0, 10) with
            {
                Example = "NGA",
            }
        ),
        Field
            .Id(
                "organisationId",
                "The lender; needed only if the server has several and the host name of the request is of none."
            )
            .Optional() with
        {
            Example = "01900000-0000-7000-8000-000000000001",
        },
        EncryptedPayload.Field,
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var organisation = await ChooseAsync(call);
        if (organisation.IsRefused && organisation.Refusal.Kind == RefusalKind.Conflict)
            return Answer.Refused(organisation.Refusal);
        var zone = organisation.IsRefused
            ? TimeZoneInfo.Utc
            : (await organisations.GetAsync(organisation.Value, call.Cancellation)).TimeZone;
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(time.GetUtcNow(), zone).DateTime);
        var form = RegistrationRules.Check(FormOf(call.Body, zone), today);
        var encrypted = EncryptedPayload.Check(call.Body);
        if (organisation.IsRefused || form.IsRefused || encrypted is not null)
            return Answer.Refused(All(form.Refusal, organisation.Refusal, encrypted));
        if (limits.CheckRegistration(call.ClientAddress) is { } tooMany)
            return Answer.Refused(tooMany);
        // Before the hash, which is slow by intent; whoever comes at the same moment is met by the index.
        if (await IsTakenAsync(organisation.Value, form.Value.Email, call.Cancellation))
            return Answer.Refused(Refusals.EmailTaken());

        var password = await passwords.CreateAsync(form.Value.Password, call.Cancellation);
        if (password.IsRefused)
            return Answer.Refused(password.Refusal);
        var user = new User(
            ids.Next(),
            organisation.Value,
            Role.Customer,
            form.Value.FirstName,
            form.Value.LastName,
            form.Value.Email
        );
        var profile = CustomerProfile.Of(user, form.Value, ActionContext.InstantOf(time));
        var context = new ActionContext(user.Id, profile.RegisteredAt, today, call.InteractionId);
        return await TryWriteAsync(user, password.Value, profile, context, call.Cancellation)
            ? Answer.Success(profile, "You are registered; sign in with your e-mail and password.")
            : Answer.Refused(Refusals.EmailTaken());
    }

    private static RegistrationForm FormOf(FieldValues body, TimeZoneInfo zone)
    {
        var address = body.Object("address");
        return new()
        {
            FirstName = body.Text("firstName"),
            LastName = body.Text("lastName"),
            Email = body.Text("email"),
            DialingCode = body.Text("dialingCode"),
            Phone = body.Text("phone"),
            DateOfBirth = body.Moment("dob").CalendarDateIn(zone),
            Password = body.Text("password"),
            ConfirmPassword = body.Text("confirmPassword"),
            Address = new(
                address.Text("address1"),
                address.TextOrNull("address2"),
                address.Text("countryCommonName"),
                address.TextOrNull("postcode"),
                address.Text("countryIso3")
            ),
        };
    }

    private static Refusal All(params IReadOnlyList<Refusal?> refusals) =>
        Refusals.ValidationFailed([.. refusals.OfType<Refusal>().SelectMany(refusal => refusal.Errors)]);

    private async ValueTask<Result<Guid>> ChooseAsync(Call call)
    {
        var host = call.Http.Request.Host.Host;
        var chosen = await hosts.ChooseAsync(call.Body.IdOrNull("organisationId"), host, call.Cancellation);
        if (chosen.IsRefused)
            return chosen.Refusal;
        if (chosen.Value.Id is { } id)
            return id;
        return chosen.Value.Count == 0 ? Refusals.NoOrganisation() : Refusals.OrganisationRequired(host);
    }

    private async Task<bool> IsTakenAsync(Guid organisationId, string email, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select exists (select from app_user where lower(email) = $1 and organisation_id = $2)"
        );
        command.Parameters.Add(new() { Value = email.ToLowerInvariant() });
        command.Parameters.Add(new() { Value = organisationId });
        return (bool)(await command.ExecuteScalarAsync(cancellation))!;
    }

    private async Task<bool> TryWriteAsync(
        User user,
        PasswordHash password,
        CustomerProfile profile,
        ActionContext context,
        CancellationToken cancellation
    )
    {
        await using var transaction = await WriteTransaction.BeginAsync(database, cancellation);
        var connection = transaction.Connection;
        try
        {
            await UserStore.AddAsync(connection, user, password, context.At, cancellation);
        }
        catch (PostgresException exception) when (exception.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            return false;
        }

        await using var batch = new NpgsqlBatch(connection);
        CustomerProfileStore.AddTo(batch, profile);
        AuditTrail.AddTo(
            batch,
            [new(user.OrganisationId, user.Id, context, new AuditEntry(ids.Next(), "CUSTOMER_REGISTERED", "{}"))]
        );
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync();
        return true;
    }
}
