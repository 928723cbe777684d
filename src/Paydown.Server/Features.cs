using Paydown.Server.BankAccounts;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Products;
using Paydown.Server.Repayments;
using Paydown.Server.SignIn;

namespace Paydown.Server;

/// <summary>The table of contents of the server: every feature, each with its services and its routes.</summary>
public static class Features
{
    /// <summary>What every feature stands on; the database is the host's to open.</summary>
    public static void AddPlatform(this IServiceCollection services)
    {
        services.AddSingleton(TimeProvider.System);
        services.AddSingleton<Ids>();
        services.AddSingleton<Migrator>();
        services.AddIdentity();
        services.AddSingleton<Door>();
        services.AddSingleton<IdempotentWrites>();
        services.AddHostedService<IdempotencyUpkeep>();
    }

    public static void AddFeatures(this IServiceCollection services)
    {
        services.AddSignIn();
        services.AddOrganisations();
        services.AddProducts();
        services.AddRepayments();
        services.AddLoans();
        services.AddBankAccounts();
    }

    public static ApiRoutes CreateRoutes(IServiceProvider services)
    {
        var routes = new ApiRoutes();
        routes.MapSignIn(services);
        routes.MapOrganisations(services);
        routes.MapProducts(services);
        routes.MapRepayments(services);
        routes.MapLoans(services);
        routes.MapBankAccounts(services);
        return routes;
    }
}
