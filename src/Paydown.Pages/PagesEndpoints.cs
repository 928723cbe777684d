using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Paydown.Pages.Web;

namespace Paydown.Pages;

/// <summary>Adds the pages to a server.</summary>
public static class PagesEndpoints
{
    /// <summary>Adds the services of the pages. The server adds an <see cref="IPageHost"/>.</summary>
    public static void AddPages(this IServiceCollection services)
    {
        services.AddSingleton<PageRenderer>();
        services.AddSingleton<PageEndpoint>();
    }

    /// <summary>Adds the endpoints of all pages, and of the style sheet and the script.</summary>
    public static void MapPages(this IEndpointRouteBuilder endpoints)
    {
        var endpoint = endpoints.ServiceProvider.GetRequiredService<PageEndpoint>();
        foreach (var route in PageTable.All)
        {
            // Every page takes posts, so that a post to a page without a form gets a page, too.
            endpoints
                .MapMethods(
                    route.Path,
                    [HttpMethods.Get, HttpMethods.Head, HttpMethods.Post],
                    http => endpoint.HandleAsync(http, route)
                )
                .WithMetadata(route);
        }

        foreach (var asset in Asset.All)
            endpoints.MapMethods(asset.Path, [HttpMethods.Get, HttpMethods.Head], asset.SendAsync);
    }
}
