using Microsoft.AspNetCore.Components;

namespace Paydown.Pages.Web;

/// <summary>The answer to a request for a page: a page, another address, or a file.</summary>
public sealed class PageAnswer
{
    private PageAnswer() { }

    /// <summary>The HTTP status of a page.</summary>
    public int Status { get; init; } = 200;

    /// <summary>The title of the page.</summary>
    public string Title { get; private init; } = "";

    /// <summary>Where to go instead; null for a page.</summary>
    public string? Location { get; private init; }

    /// <summary>The content of the page.</summary>
    public Func<Frame, RenderFragment>? Body { get; private init; }

    /// <summary>A file; null for a page.</summary>
    public PageFile? File { get; private init; }

    /// <summary>Shows a page.</summary>
    /// <typeparam name="TView">The component.</typeparam>
    /// <typeparam name="TModel">What it shows.</typeparam>
    public static PageAnswer Show<TView, TModel>(string title, TModel model, int status = 200)
        where TView : PageView<TModel> =>
        new()
        {
            Status = status,
            Title = title,
            Body = frame =>
                builder =>
                {
                    builder.OpenComponent<TView>(0);
#pragma warning disable MA0115 // They are parameters of the base class.
                    builder.AddComponentParameter(1, nameof(PageView<TModel>.Model), model);
                    builder.AddComponentParameter(2, nameof(PageView<TModel>.Frame), frame);
#pragma warning restore MA0115
                    builder.CloseComponent();
                },
        };

    /// <summary>The same page with another status.</summary>
    public PageAnswer With(int status) =>
        new()
        {
            Status = Location is null ? status : Status,
            Title = Title,
            Location = Location,
            Body = Body,
            File = File,
        };

    /// <summary>Sends the browser to another page, which it gets.</summary>
    public static PageAnswer Go(string location) => new() { Location = location, Status = 303 };

    /// <summary>Sends a file.</summary>
    public static PageAnswer Download(PageFile file) => new() { File = file };
}

/// <summary>A file for the browser.</summary>
/// <param name="Name">The name under which it is saved.</param>
/// <param name="ContentType">Its type.</param>
/// <param name="Content">Its bytes.</param>
public sealed record PageFile(string Name, string ContentType, ReadOnlyMemory<byte> Content);
