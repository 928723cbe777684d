namespace Paydown.Lending.Outcomes;

/// <content>Customers who register, and the API tokens of servers.</content>
public static partial class Refusals
{
    /// <summary>The server has no lender yet.</summary>
    public static Refusal NoOrganisation() =>
        new(
            RefusalKind.Conflict,
            "NO_ORGANISATION",
            "No Organisation",
            "This server has no lender yet, so registration is impossible; its operator must add one first."
        );

    /// <summary>The server has several lenders, and the request names none of them.</summary>
    /// <param name="host">The host name of the request, which belongs to none of them.</param>
    public static Refusal OrganisationRequired(string host) =>
        ValidationFailed(
            new FieldError(
                "organisationId",
                $"is required: this server has several lenders, and the host name {host} belongs to none of them."
            )
        );

    /// <summary>The same e-mail and password are right at several lenders.</summary>
    public static Refusal OrganisationAmbiguous() =>
        ValidationFailed(
            new FieldError(
                "organisationId",
                "is required: you have an account at several lenders of this server with this password."
            )
        );

    /// <summary>No lender of this server has the id.</summary>
    public static Refusal OrganisationUnknown() =>
        ValidationFailed(new FieldError("organisationId", "is no organisation of this server."));

    /// <summary>The request names another lender than the one whose host name it was sent to.</summary>
    public static Refusal OrganisationNotOfHost(string host) =>
        ValidationFailed(new FieldError("organisationId", $"is not the lender of the host name {host}; leave it out."));

    /// <summary>Somebody at this lender has the e-mail already; it is what people sign in with.</summary>
    public static Refusal EmailTaken() =>
        new(
            RefusalKind.Conflict,
            "EMAIL_TAKEN",
            "Email Already Registered",
            "Somebody is registered with this e-mail at this lender already; sign in, or register with another one."
        )
        {
            Errors = [new FieldError("email", "is registered already.")],
        };

    /// <summary>The value of a blacklist entry does not have the form of its kind.</summary>
    /// <param name="bvnDigits">The length of a bank verification number.</param>
    public static Refusal BlacklistValueInvalid(int bvnDigits) =>
        ValidationFailed(
            new FieldError(
                "value",
                $"must be {bvnDigits} digits for a BVN, an e-mail address, or a phone number with + and dialing code."
            )
        );

    /// <summary>The blacklist has this entry already.</summary>
    public static Refusal BlacklistEntryExists() =>
        new(
            RefusalKind.Conflict,
            "BLACKLIST_ENTRY_EXISTS",
            "Blacklist Entry Exists",
            "The blacklist has this entry already."
        );

    /// <summary>Without an active manager, nobody could let one in again.</summary>
    public static Refusal LastManager() =>
        new(
            RefusalKind.Conflict,
            "LAST_MANAGER",
            "Last Manager",
            "This is the last active manager; invite another one first, who accepts the invitation."
        );

    /// <summary>The sign-in of this employee is disabled.</summary>
    public static Refusal StaffDisabled() =>
        new(
            RefusalKind.Conflict,
            "STAFF_DISABLED",
            "Staff Disabled",
            "The sign-in of this employee is disabled; enable it first."
        );

    /// <summary>An API token whose scopes do not cover the call.</summary>
    public static Refusal ScopeMissing(string scope) => Forbidden($"This needs an API token with the scope {scope}.");

    /// <summary>An API token must be allowed something, and each thing once.</summary>
    public static Refusal ScopesInvalid() =>
        ValidationFailed(new FieldError("scopes", "must name at least one scope, and each at most once."));

    /// <summary>A call that only a person who has signed in may make.</summary>
    public static Refusal ClosedToApiTokens() =>
        Forbidden("An API token may not do this; it takes a person who has signed in.");

    /// <summary>Two people must agree, and an API token is not a person.</summary>
    public static Refusal PersonRequired() =>
        new(
            RefusalKind.Forbidden,
            "PERSON_REQUIRED",
            "Person Required",
            "This needs two officers, and an API token cannot be one of them; two people must sign in and approve it."
        );
}
