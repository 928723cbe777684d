using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Account;

/// <summary>The page of the registration shows only its form.</summary>
public sealed record RegisterModel;

/// <summary>Registers a borrower.</summary>
internal static class RegisterPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) =>
        Task.FromResult(PageAnswer.Show<RegisterView, RegisterModel>("Register", new()));

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var customer = new NewCustomer
        {
            FirstName = form.Required("firstName", "Enter your first name."),
            LastName = form.Required("lastName", "Enter your last name."),
            Email = form.Required("email", "Enter your e-mail address."),
            DialingCode = form.Required("dialingCode", "Enter the dialing code of your country, such as +234."),
            Phone = form.Required("phone", "Enter your phone number."),
            Dob = form.Day("dob"),
            Password = form.Secret("password"),
            ConfirmPassword = form.Secret("confirmPassword"),
            Address = new()
            {
                Address1 = form.Required("address.address1", "Enter your street and house number."),
                Address2 = form.TextOrNull("address.address2"),
                Postcode = form.TextOrNull("address.postcode"),
                CountryCommonName = form.Required("address.countryCommonName", "Enter the name of your country."),
                CountryIso3 = form.Text("address.countryIso3").ToUpperInvariant(),
            },
        };
        form.ThrowIfWrong();
        await call.Api.SignIn.RegisterAsync(customer, call.Cancelled);
        return PageAnswer.Go("/sign-in?done=registered");
    }
}
