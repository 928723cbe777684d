using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A product with its versions.</summary>
public sealed record OfficeProductModel(Product Product);

/// <summary>Shows a product and changes what changes often; the rest stays as it is.</summary>
internal static class OfficeProductPage
{
    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var product = await call.Api.Products.GetAsync(call.Id("productId"), call.Cancelled);
        return PageAnswer.Show<OfficeProductView, OfficeProductModel>(product.Name, new(product));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (id, form) = (call.Id("productId"), call.Form);
        var product = await call.Api.Products.GetAsync(id, call.Cancelled);
        var changed = product with
        {
            Name = form.Required("name", "Enter the name."),
            Description = form.Text("description"),
            MinimumAmount = form.Amount("minimumAmount"),
            MaximumAmount = form.Amount("maximumAmount"),
            MinimumDuration = form.Whole("minimumDuration"),
            MaximumDuration = form.Whole("maximumDuration"),
            InterestRate = form.Amount("interestRate"),
            OfferValidDays = form.WholeOrNull("offerValidDays"),
            IsOpen = form.IsTicked("isOpen"),
        };
        var version = form.Whole("version");
        form.ThrowIfWrong();
        var answer = await call.Api.Products.ChangeAsync(id, changed, version, form.Key, call.Cancelled);
        return PageAnswer.Go(
            $"/office/settings/products/{id}?done={(answer.AwaitedApproval is null ? "ok" : "second")}"
        );
    }
}
