using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Paydown.Server.Accounts;
using Paydown.Server.ApiTokens;
using Paydown.Server.Applications;
using Paydown.Server.Approvals;
using Paydown.Server.Auditing;
using Paydown.Server.BankAccounts;
using Paydown.Server.Collectors;
using Paydown.Server.Customers;
using Paydown.Server.Documents;
using Paydown.Server.EndOfDay;
using Paydown.Server.Ledger;
using Paydown.Server.Loans;
using Paydown.Server.Notices;
using Paydown.Server.Organisations;
using Paydown.Server.Payments;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Approvals;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Storage;
using Paydown.Server.Platform.Telemetry;
using Paydown.Server.Platform.Writes;
using Paydown.Server.Products;
using Paydown.Server.Repayments;
using Paydown.Server.Reports;
using Paydown.Server.SignIn;
using Paydown.Server.Staff;
using Paydown.Server.Statements;
using Paydown.Server.Wallets;
using Paydown.Server.Webhooks;

namespace Paydown.Server;

/// <summary>The table of contents of the server: every feature, each with its services and its routes.</summary>
public static class Features
{
    /// <summary>Adds the services that every feature uses. The host opens the database.</summary>
    public static void AddPlatform(this IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<Ids>();
        services.AddMetrics();
        services.AddSingleton<Instruments>();
        services.AddSingleton<Migrator>();
        services.AddIdentity();
        services.TryAddSingleton(new CallerLimitOptions());
        services.AddSingleton<CallerLimits>();
        services.TryAddSingleton(TrustedProxies.None);
        services.TryAddSingleton(CrossOrigin.None);
        services.AddSingleton<AccessLog>();
        services.AddSingleton<Envelopes>();
        services.AddSingleton<ApiPipeline>();
        services.AddSingleton(provider => new SingleWrites(
            provider.GetRequiredService<NpgsqlDataSource>(),
            provider.GetRequiredService<OrganisationDirectory>().ContextAsync,
            provider.GetRequiredService<TimeProvider>()
        ));
        services.AddSingleton<FourEyes>();
        services.AddHostedService<ExpiryUpkeep>();
    }

    /// <summary>
    /// Adds the services that use cases share; <see cref="ApiRoutes.AddUseCases"/> adds the use cases.
    /// </summary>
    public static void AddFeatures(this IServiceCollection services)
    {
        services.AddSignIn();
        services.AddAccounts();
        services.AddOrganisations();
        services.AddStaff();
        services.AddPayments();
        services.AddProducts();
        services.AddWallets();
        services.AddLoans();
        services.AddCollectors();
        services.AddStatements();
        services.AddApplications();
        services.AddWebhooks();
    }

    /// <summary>All routes, in the order of the documentation.</summary>
    public static ApiRoutes CreateRoutes()
    {
        var routes = new ApiRoutes();
        routes.MapSignIn();
        routes.MapAccounts();
        routes.MapOrganisations();
        routes.MapStaff();
        routes.MapApiTokens();
        routes.MapCustomers();
        routes.MapProducts();
        routes.MapRepayments();
        routes.MapCollectors();
        routes.MapStatements();
        routes.MapLoans();
        routes.MapBankAccounts();
        routes.MapWallets();
        routes.MapApplications();
        routes.MapApprovals();
        routes.MapAuditing();
        routes.MapLedger();
        routes.MapReports();
        routes.MapDocuments();
        routes.MapEndOfDay();
        routes.MapNotices();
        routes.MapWebhooks();
        return routes;
    }
}
