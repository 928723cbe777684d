using Microsoft.AspNetCore.Components;
using Paydown.Client;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages.Office;

/// <summary>The base of the parts of the form of a product.</summary>
public abstract class ProductPart : ComponentBase
{
    /// <summary>What every page knows.</summary>
    [Parameter]
    [EditorRequired]
    public Frame Frame { get; set; } = default!;

    /// <summary>What the form begins with.</summary>
    [Parameter]
    [EditorRequired]
    public ProductDefinition Product { get; set; } = default!;

    /// <summary>The currency of its amounts.</summary>
    protected string Currency => Product.CurrencyCode ?? Frame.Call.SignedIn.Lender.CurrencyCode;

    /// <summary>The unit of its durations.</summary>
    protected string Unit => Labels.Words(Product.DurationUnit ?? DurationUnit.Months).ToLowerInvariant();

    /// <summary>How many rows of a list are shown: all that there are, and some to fill in.</summary>
    protected int RowsOf(string list, string text, int count, int countMax)
    {
        const int spare = 2;
        var there = Frame.Form.IsPosted ? Frame.Form.CountOf(list, text, countMax) : count;
        return Math.Min(countMax, there + spare);
    }
}
