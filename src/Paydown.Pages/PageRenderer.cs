using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Logging;
using Paydown.Pages.Parts;
using Paydown.Pages.Web;

namespace Paydown.Pages;

/// <summary>Turns a page into HTML.</summary>
public sealed class PageRenderer(IServiceProvider services, ILoggerFactory logs)
{
    /// <summary>Returns the whole document as UTF-8.</summary>
    public async Task<ReadOnlyMemory<byte>> RenderAsync(PageCall call, PageAnswer answer)
    {
        var frame = new Frame(call);
        var parameters = ParameterView.FromDictionary(
            new Dictionary<string, object?>
            {
                [nameof(Document.Title)] = answer.Title,
                [nameof(Document.Frame)] = frame,
                [nameof(Document.Body)] = answer.Body!(frame),
            }
        );
        await using var renderer = new HtmlRenderer(services, logs);
        return await renderer.Dispatcher.InvokeAsync(async () =>
        {
            var root = await renderer.RenderComponentAsync<Document>(parameters);
            await using var text = new StringWriter();
            root.WriteHtmlTo(text);
            return Encoding.UTF8.GetBytes(text.ToString());
        });
    }
}
