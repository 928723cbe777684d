using Paydown.Server.Platform.Http;

namespace Paydown.Server;

/// <summary>The table of contents of the server: every feature, each with its services and its routes.</summary>
public static class Features
{
    public static void AddFeatures(this IServiceCollection services)
    {
        services.AddSingleton<Organisations.OrganisationDirectory>();
    }

    public static ApiRoutes CreateRoutes(IServiceProvider services)
    {
        ArgumentNullException.ThrowIfNull(services);
        return new ApiRoutes();
    }
}
