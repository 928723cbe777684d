using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;

namespace Paydown.Server.Payments;

/// <summary>The payment partner, which has no routes.</summary>
public static class PaymentServices
{
    public static void AddPayments(this IServiceCollection services)
    {
        services.TryAddSingleton(new PaymentOptions());
        services.AddSingleton<IPaymentPartner>(provider =>
        {
            var options = provider.GetRequiredService<PaymentOptions>();
            return options.Kind switch
            {
                PaymentKind.Files => new FilePartner(
                    options.Folder,
                    provider.GetRequiredService<ILogger<FilePartner>>()
                ),
                PaymentKind.Sandbox => new SandboxPartner(
                    provider.GetRequiredService<NpgsqlDataSource>(),
                    provider.GetRequiredService<TimeProvider>(),
                    options.SandboxDuration
                ),
                _ => new NoPartner(),
            };
        });
    }
}
