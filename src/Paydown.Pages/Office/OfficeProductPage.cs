using Paydown.Client;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>A product with its versions, or a new one.</summary>
/// <param name="Product">What the form begins with.</param>
/// <param name="Existing">The product as it is; null for a new one.</param>
/// <param name="Awaited">A change that another person approved and that the form shows; null if it shows none.</param>
/// <param name="Preview">A loan of the product; null until one was asked for.</param>
public sealed record OfficeProductModel(
    ProductDefinition Product,
    Product? Existing,
    AwaitedApproval? Awaited,
    PreviewedLoan? Preview
);

/// <summary>Shows a product, a loan that it would give, and changes it; or creates one.</summary>
internal static class OfficeProductPage
{
    /// <summary>The size limit of the form in bytes: many questions with many answers.</summary>
    public const int FormBytesMax = 512 * 1024;

    public static async Task<PageAnswer> ShowAsync(PageCall call)
    {
        var existing = await FindAsync(call);
        var awaited = call.Query("change") == "awaited" ? existing?.AwaitedApproval : null;
        var begin = awaited is null ? existing : existing!.WithAwaited();
        return Show(new(begin ?? Blank(call), existing, awaited, Preview: null));
    }

    public static async Task<PageAnswer> PostAsync(PageCall call)
    {
        var (existing, form) = (await FindAsync(call), call.Form);
        var wanted = ProductForm.Read(form, existing ?? Blank(call));
        if (form.Act == "preview")
        {
            var loan = ProductForm.ReadLoan(form);
            form.ThrowIfWrong();
            var preview = await call.Api.Products.PreviewAsync(wanted, loan, call.Cancelled);
            return Show(new(wanted, existing, Awaited: null, preview));
        }

        if (existing is null)
        {
            form.ThrowIfWrong();
            var made = await call.Api.Products.CreateAsync(wanted, form.Key, call.Cancelled);
            return PageAnswer.Go($"/office/settings/products/{made.Id}?done=ok");
        }

        var version = form.Whole("version");
        form.ThrowIfWrong();
        var answer = await call.Api.Products.ChangeAsync(existing.Id, wanted, version, form.Key, call.Cancelled);
        return PageAnswer.Go(
            $"/office/settings/products/{existing.Id}?done={(answer.AwaitedApproval is null ? "ok" : "second")}"
        );
    }

    private static async Task<Product?> FindAsync(PageCall call) =>
        call.Http.Request.RouteValues.ContainsKey("productId")
            ? await call.Api.Products.GetAsync(call.Id("productId"), call.Cancelled)
            : null;

    private static ProductDefinition Blank(PageCall call) => ProductWords.Blank(call.SignedIn.Lender.CurrencyCode);

    private static PageAnswer Show(OfficeProductModel model) =>
        PageAnswer.Show<OfficeProductView, OfficeProductModel>(model.Existing?.Name ?? "New product", model);
}
