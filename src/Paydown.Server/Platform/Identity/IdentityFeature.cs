namespace Paydown.Server.Platform.Identity;

/// <summary>Passwords, access tokens, and their revocation.</summary>
public static class IdentityFeature
{
    public static void AddIdentity(this IServiceCollection services)
    {
        services.AddSingleton<OrganisationHosts>();
        services.AddSingleton<PasswordHashingLimit>();
        services.AddSingleton<SigningKeyStore>();
        services.AddSingleton(provider => new SigningKeys(
            provider.GetRequiredService<TimeProvider>(),
            provider.GetRequiredService<SigningKeyStore>().LoadAsync
        ));
        services.AddSingleton<RevokedSessions>();
        services.AddSingleton<AccessTokens>();
        services.AddSingleton<ApiTokenUses>();
        services.AddSingleton<ApiTokenDirectory>();
        services.AddHostedService(provider => provider.GetRequiredService<ApiTokenUses>());
        services.AddHostedService<RevocationFeed>();
    }
}
