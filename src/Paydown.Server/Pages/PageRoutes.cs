using Paydown.Pages;
using Paydown.Pages.Web;
using Paydown.Server.Platform.OpenApi;

namespace Paydown.Server.Pages;

/// <summary>The pages for borrowers and officers.</summary>
public static class PageRoutes
{
    private static readonly PathString[] ForPrograms = ["/api", "/openapi", "/health", "/metrics"];

    public static void AddPageServices(this IServiceCollection services)
    {
        services.AddPages();
        services.AddSingleton<PageSessionStore>();
        services.AddSingleton<PageSessions>();
        services.AddSingleton<PageHost>();
        services.AddSingleton<IPageHost>(provider => provider.GetRequiredService<PageHost>());
    }

    /// <summary>
    /// Lets the pages call the API, and shows browsers a page if there is none. Call it before the routing.
    /// </summary>
    public static void UsePages(this IApplicationBuilder application)
    {
        var pages = application.ApplicationServices.GetRequiredService<PageEndpoint>();
        application.Use(next =>
        {
            application.ApplicationServices.GetRequiredService<PageHost>().Pipeline = next;
            return async http =>
            {
                await next(http);
                if (IsMissingPage(http))
                    await pages.HandleMissingAsync(http);
            };
        });
    }

    // Programs get the envelope of the API, also if they ask for HTML below its addresses.
    private static bool IsMissingPage(HttpContext http) =>
        http.Response is { StatusCode: StatusCodes.Status404NotFound, HasStarted: false, ContentType: null }
        && (HttpMethods.IsGet(http.Request.Method) || HttpMethods.IsHead(http.Request.Method))
        && RootEndpoint.IsBrowser(http.Request)
        && !ForPrograms.Any(path => http.Request.Path.StartsWithSegments(path, StringComparison.OrdinalIgnoreCase));
}
