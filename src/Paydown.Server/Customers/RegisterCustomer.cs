using Npgsql;
using Paydown.Lending.Customers;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Accounts;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Audit;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Outbox;
using Paydown.Server.Platform.Storage;
using Paydown.Server.SignIn;

namespace Paydown.Server.Customers;

/// <summary>
/// A person becomes a customer, and can sign in at once. There is no caller yet and so no idempotency key: the unique
/// e-mail prevents a retry from creating a second customer.
/// </summary>
public sealed class RegisterCustomer(
    NpgsqlDataSource database,
    OrganisationHosts hosts,
    OrganisationDirectory organisations,
    SignInLimits limits,
    PasswordHashingLimit passwords,
    AccountNotices notices,
    Ids ids,
    TimeProvider time
) : IUseCase
{
    private const int TextLengthMax = 200;

    // The fields check only the general form of texts. RegistrationRules checks the rest, so that all errors are listed
    // at once.
    private static readonly Field<string> CustomerType = Field.OneOf(
        "customerType",
        "The type of customer.",
        "INDIVIDUAL"
    );
    private static readonly Field<string> FirstName = Field
        .Text(
            "firstName",
            $"The first name: {RegistrationRules.NameLengthMin} to {RegistrationRules.NameLengthMax} letters, "
                + "spaces, hyphens and apostrophes.",
            0,
            TextLengthMax
        )
        .WithExample("Ada");
    private static readonly Field<string> LastName = Field
        .Text("lastName", "The last name, by the rules of firstName.", 0, TextLengthMax)
        .WithExample("Example");
    private static readonly Field<string> Email = Field
        .Text("email", "The e-mail address to sign in with. It must be unique at this lender.", 0, 500)
        .WithExample("ada@example.com");
    private static readonly Field<string> DialingCode = Field
        .Text(
            "dialingCode",
            $"The country's dialing code: + and 1 to {RegistrationRules.DialingCodeDigitsMax} digits.",
            0,
            TextLengthMax
        )
        .WithExample("+234");
    private static readonly Field<string> Phone = Field
        .Text(
            "phone",
            "The phone number without the dialing code. Spaces, hyphens, full stops and brackets are ignored.",
            0,
            TextLengthMax
        )
        .WithExample("8005550100");
    private static readonly Field<Moment> Dob = Field
        .Moment("dob", $"The date of birth: {RegistrationRules.AgeMin} to {RegistrationRules.AgeMax} years ago.")
        .WithExample("1990-05-17");
    private static readonly Field<string> Password = Field
        .Text(
            "password",
            $"The password: {RegistrationRules.PasswordLengthMin} to {RegistrationRules.PasswordLengthMax} "
                + "characters with an upper-case letter, a lower-case letter, a digit and a special character.",
            0,
            500
        )
        .WithExample("Password@1");
    private static readonly Field<string> ConfirmPassword = Field
        .Text("confirmPassword", "The password again.", 0, 500)
        .WithExample("Password@1");
    private static readonly Field<string> Address1 = Field
        .Text("address1", "The street and number.", 0, TextLengthMax)
        .WithExample("1 Example Street");
    private static readonly Field<string?> Address2 = Field
        .Text("address2", "More of the address, such as the flat.", 0, TextLengthMax)
        .Optional()
        .WithExample("Flat 2");
    private static readonly Field<string> CountryCommonName = Field
        .Text("countryCommonName", "The country's common name.", 0, TextLengthMax)
        .WithExample("Nigeria");
    private static readonly Field<string?> Postcode = Field
        .Text("postcode", "The postcode, if the place has one.", 0, 20)
        .Optional()
        .WithExample("100001");
    private static readonly Field<string> CountryIso3 = Field
        .Text("countryIso3", "The country's ISO 3166-1 alpha-3 code.", 0, 10)
        .WithExample("NGA");
    private static readonly Field<FieldValues> Address = Field.Object(
        "address",
        "The customer's postal address.",
        Address1,
        Address2,
        CountryCommonName,
        Postcode,
        CountryIso3
    );
    private static readonly Field<OrganisationId?> OrganisationId = Field
        .Id<OrganisationId>(
            "organisationId",
            "The lender. Required only if the server has several lenders and the request's host name "
                + "belongs to none of them."
        )
        .Optional()
        .WithExample("01900000-0000-7000-8000-000000000001");

    public static Contract Contract { get; } =
        new Contract("Register as a customer")
            .Reads(
                CustomerType,
                FirstName,
                LastName,
                Email,
                DialingCode,
                Phone,
                Dob,
                Password,
                ConfirmPassword,
                Address,
                OrganisationId,
                EncryptedPayload.Flag
            )
            .Returns<CustomerProfile>()
            .Refuses(
                Refusals.EmailTaken(),
                Refusals.NoOrganisation(),
                Refusals.RateLimitExceeded(60),
                Refusals.OrganisationRequired("host"),
                Refusals.OrganisationNotOfHost("host"),
                Refusals.OrganisationUnknown(),
                Refusals.ValidationFailed()
            );

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
        var common = PasswordRules.IsCommon(call.Body.Get(Password))
            ? Refusals.ValidationFailed(PasswordRules.TooCommon(Password.Name))
            : null;
        if (organisation.IsRefused || form.IsRefused || encrypted is not null || common is not null)
            return Answer.Refused(All(form.Refusal, common, organisation.Refusal, encrypted));
        if (limits.CheckRegistration(call.ClientAddress) is { } tooMany)
            return Answer.Refused(tooMany);
        // Checked before the deliberately slow hash. The unique index catches concurrent registrations.
        if (await IsTakenAsync(organisation.Value, form.Value.Email, call.Cancellation))
            return Answer.Refused(Refusals.EmailTaken());

        var password = await passwords.CreateAsync(form.Value.Password, call.Cancellation);
        if (password.IsRefused)
            return Answer.Refused(password.Refusal);
        var user = new User(
            ids.Next<UserId>(),
            organisation.Value,
            Role.Customer,
            form.Value.FirstName,
            form.Value.LastName,
            form.Value.Email
        );
        var profile = CustomerProfile.Of(user, form.Value, ActionContext.InstantOf(time));
        var context = new ActionContext(user.Id, profile.RegisteredAt, today, call.InteractionId);
        return await TryWriteAsync(user, password.Value, profile, context, call.Cancellation)
            ? Answer.Success(profile, "You are registered. Sign in with your e-mail and password.")
            : Answer.Refused(Refusals.EmailTaken());
    }

    private static RegistrationForm FormOf(FieldValues body, TimeZoneInfo zone)
    {
        var address = body.Get(Address);
        return new()
        {
            FirstName = body.Get(FirstName),
            LastName = body.Get(LastName),
            Email = body.Get(Email),
            DialingCode = body.Get(DialingCode),
            Phone = body.Get(Phone),
            DateOfBirth = body.Get(Dob).CalendarDateIn(zone),
            Password = body.Get(Password),
            ConfirmPassword = body.Get(ConfirmPassword),
            Address = new(
                address.Get(Address1),
                address.Get(Address2),
                address.Get(CountryCommonName),
                address.Get(Postcode),
                address.Get(CountryIso3)
            ),
        };
    }

    private static Refusal All(params IReadOnlyList<Refusal?> refusals) =>
        Refusals.ValidationFailed([.. refusals.OfType<Refusal>().SelectMany(refusal => refusal.Errors)]);

    private async ValueTask<Result<OrganisationId>> ChooseAsync(Call call)
    {
        var host = call.Http.Request.Host.Host;
        var chosen = await hosts.ChooseAsync(call.Body.Get(OrganisationId), host, call.Cancellation);
        if (chosen.IsRefused)
            return chosen.Refusal;
        if (chosen.Value.Id is { } id)
            return id;
        return chosen.Value.Count == 0 ? Refusals.NoOrganisation() : Refusals.OrganisationRequired(host);
    }

    private async Task<bool> IsTakenAsync(OrganisationId organisationId, string email, CancellationToken cancellation)
    {
        await using var command = database.CreateCommand(
            "select exists (select from app_user where lower(email) = $1 and organisation_id = $2)"
        );
        command.Parameters.Add(Sql.Value(email.ToLowerInvariant()));
        command.Parameters.Add(Sql.Value(organisationId));
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

        var sender = await NoticeSender.ReadAsync(connection, user.OrganisationId, cancellation);
        await using var batch = new NpgsqlBatch(connection);
        CustomerProfileStore.AddTo(batch, profile);
        SendEmailConfirmation.AddTo(batch, notices, sender, user, context.At);
        AuditTrail.AddTo(
            batch,
            [
                new(
                    user.OrganisationId,
                    user.Id.AsSubject,
                    context,
                    new AuditEntry(ids.Next<AuditEntryId>(), "CUSTOMER_REGISTERED", "{}")
                ),
            ]
        );
        var registered = OutboxMessage.Of(
            EventType.CustomerRegistered,
            user.Id.AsSubject,
            new CustomerPayload(profile.Id, context.At)
        );
        OutboxStore.AddTo(batch, [new(profile.Id, user.OrganisationId, null, registered, context.At)]);
        await batch.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync();
        return true;
    }
}
