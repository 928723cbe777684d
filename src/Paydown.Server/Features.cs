using Paydown.Server.BankAccounts;
using Paydown.Server.Loans;
using Paydown.Server.Organisations;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Idempotency;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Repayments;
using Paydown.Server.SignIn;
using Paydown.Server.Wallets;

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
        services.AddSingleton<OrganisationDirectory>();
        services.AddSignIn();
        services.AddPayments();
        services.AddRepayments();
        services.AddLoans();
        services.AddBankAccounts();
        services.AddWallets();
    }

    public static ApiRoutes CreateRoutes(IServiceProvider services)
    {
        var routes = new ApiRoutes();
        routes.MapSignIn(services);
        routes.MapRepayments(services);
        routes.MapLoans(services);
        routes.MapBankAccounts(services);
        routes.MapWallets(services);
        return routes;
    }
}
