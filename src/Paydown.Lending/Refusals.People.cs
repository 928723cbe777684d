namespace Paydown.Lending;

/// <content>Customers who register, and the API tokens of servers.</content>
public static partial class Refusals
{
    /// <summary>Somebody on this server has the e-mail already; it is what people sign in with.</summary>
    public static Refusal EmailTaken() =>
        new(RefusalKind.Conflict, "EMAIL_TAKEN", "Email Already Registered",
            "Somebody is registered with this e-mail already; sign in, or register with another one.")
        { Errors = [new FieldError("email", "is registered already.")] };

    /// <summary>An API token whose scopes do not cover the call.</summary>
    public static Refusal ScopeMissing(string scope) => Forbidden($"This needs an API token with the scope {scope}.");

    /// <summary>An API token must be allowed something, and each thing once.</summary>
    public static Refusal ScopesInvalid() => ValidationFailed(new FieldError(
        "scopes", "must name at least one scope, and each at most once."));

    /// <summary>A call that only a person who has signed in may make.</summary>
    public static Refusal ClosedToApiTokens() =>
        Forbidden("An API token may not do this; it takes a person who has signed in.");

    /// <summary>Two people must agree, and an API token is not a person.</summary>
    public static Refusal PersonRequired() => new(
        RefusalKind.Forbidden, "PERSON_REQUIRED", "Person Required",
        "This needs two officers, and an API token cannot be one of them; two people must sign in and approve it.");
}
