using Microsoft.AspNetCore.Components;

namespace Paydown.Pages.Web;

/// <summary>The base of all pages: a component that shows a model.</summary>
/// <typeparam name="TModel">What the page shows.</typeparam>
public abstract class PageView<TModel> : ComponentBase
{
    /// <summary>What the page shows.</summary>
    [Parameter]
    [EditorRequired]
    public TModel Model { get; set; } = default!;

    /// <summary>What every page knows: the user, the form, how to write money and days.</summary>
    [Parameter]
    [EditorRequired]
    public Frame Frame { get; set; } = default!;
}
