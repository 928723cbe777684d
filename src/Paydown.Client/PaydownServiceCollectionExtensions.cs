using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Paydown.Client;

/// <summary>Registers a <see cref="PaydownClient"/> with a host's services.</summary>
public static class PaydownServiceCollectionExtensions
{
    /// <summary>
    /// Adds one <see cref="PaydownClient"/> for the whole program. Its connections come from
    /// <see cref="IHttpClientFactory"/>, under the name <see cref="PaydownClient.HttpClientName"/>. The host checks the
    /// options when it starts.
    /// </summary>
    /// <param name="services">The host's services.</param>
    /// <param name="configure">Sets the options; null if they are configured elsewhere.</param>
    /// <returns>The builder of the HTTP client, to add handlers for logs, metrics or proxies.</returns>
    public static IHttpClientBuilder AddPaydownClient(
        this IServiceCollection services,
        Action<PaydownClientOptions>? configure = null
    )
    {
        ArgumentNullException.ThrowIfNull(services);
        var options = services.AddOptions<PaydownClientOptions>().ValidateOnStart();
        if (configure is not null)
            options.Configure(configure);
        services.TryAddEnumerable(
            ServiceDescriptor.Singleton<IValidateOptions<PaydownClientOptions>, PaydownClientOptionsValidator>()
        );
        services.TryAddSingleton(provider => new PaydownClient(
            provider.GetRequiredService<IHttpClientFactory>().CreateClient(PaydownClient.HttpClientName),
            provider.GetRequiredService<IOptions<PaydownClientOptions>>().Value
        ));
        // The client lives as long as the program, so its handler does too. The handler itself renews connections.
        return services
            .AddHttpClient(PaydownClient.HttpClientName, http => http.Timeout = Timeout.InfiniteTimeSpan)
            .ConfigurePrimaryHttpMessageHandler(PaydownClient.NewHandler)
            .SetHandlerLifetime(Timeout.InfiniteTimeSpan);
    }
}
