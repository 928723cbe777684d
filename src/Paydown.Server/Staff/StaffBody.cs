using Paydown.Lending.Customers;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Staff;

/// <summary>The fields of an employee, by the rules of registration.</summary>
public static class StaffBody
{
    private static readonly Field<string> Email = Field
        .Text("email", "The e-mail address to sign in with. It must be unique at this lender.", 0, 500)
        .WithExample("bola@lender.example");
    private static readonly Field<string> FirstName = Field
        .Text("firstName", "The first name, by the rules of registration.", 0, 200)
        .WithExample("Bola");
    private static readonly Field<string> LastName = Field
        .Text("lastName", "The last name, by the rules of registration.", 0, 200)
        .WithExample("Cashier");
    private static readonly Field<Role> Role = Field
        .OneOf(
            "role",
            "What the employee may do.",
            Platform.Identity.Role.Agent,
            Platform.Identity.Role.Cashier,
            Platform.Identity.Role.Manager
        )
        .WithExample("CASHIER");

    /// <summary>All of them.</summary>
    public static IReadOnlyList<Field> Fields { get; } = [Email, FirstName, LastName, Role];

    /// <summary>Returns the employee that a body describes, or all errors in it.</summary>
    public static Result<User> Read(FieldValues body, OrganisationId organisationId, UserId id)
    {
        var user = new User(
            id,
            organisationId,
            body.Get(Role),
            body.Get(FirstName).Trim(),
            body.Get(LastName).Trim(),
            body.Get(Email).Trim()
        );
        var errors = ErrorsOf(user).ToList();
        return errors.Count > 0 ? Refusals.ValidationFailed(errors) : user;
    }

    /// <summary>Everything that is wrong with an employee.</summary>
    public static IEnumerable<FieldError> ErrorsOf(User user)
    {
        if (!RegistrationRules.IsEmail(user.Email))
            yield return new(Email.Name, "must be an e-mail address in ASCII.");
        if (!RegistrationRules.IsName(user.FirstName))
            yield return new(FirstName.Name, RegistrationRules.NameWanted);
        if (!RegistrationRules.IsName(user.LastName))
            yield return new(LastName.Name, RegistrationRules.NameWanted);
    }
}
