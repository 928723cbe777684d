using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Borrower;

/// <summary>The PIN of transfers.</summary>
/// <param name="IsDone">True once it is set.</param>
public sealed record PinModel(bool IsDone);

/// <summary>Sets or changes the transaction PIN.</summary>
internal static class PinPage
{
    public static Task<PageAnswer> ShowAsync(PageCall call) =>
        Task.FromResult(PageAnswer.Show<PinView, PinModel>("Transaction PIN", new(call.Query("done") is not null)));

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var form = call.Form;
        var pin = new NewTransactionPin
        {
            NewPin = form.Required("newPin", "Enter a PIN."),
            CurrentPin = form.TextOrNull("currentPin"),
            Password = form.Secret("password") is { Length: > 0 } password ? password : null,
        };
        if (pin.NewPin != form.Text("again"))
            form.Refuse("again", "This is not the same PIN.");
        form.ThrowIfWrong();
        await call.Api.Wallet.SetPinAsync(pin, form.Key, call.Cancelled);
        return PageAnswer.Go("/me/pin?done=1");
    }
}
