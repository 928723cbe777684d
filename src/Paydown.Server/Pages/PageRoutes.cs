using Paydown.Pages.Web;

namespace Paydown.Server.Pages;

/// <summary>The pages for borrowers and officers.</summary>
public static class PageRoutes
{
    public static void AddPageServices(this IServiceCollection services)
    {
        services.AddPages();
        services.AddSingleton<PageSessionStore>();
        services.AddSingleton<PageSessions>();
        services.AddSingleton<PageHost>();
        services.AddSingleton<IPageHost>(provider => provider.GetRequiredService<PageHost>());
    }

    /// <summary>Lets the pages call the API. Call it before the routing.</summary>
    public static void UsePages(this IApplicationBuilder application) =>
        application.Use(next =>
        {
            application.ApplicationServices.GetRequiredService<PageHost>().Pipeline = next;
            return next;
        });
}
