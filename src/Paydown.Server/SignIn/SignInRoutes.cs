using Microsoft.Extensions.DependencyInjection.Extensions;
using Paydown.Server.Platform.Http;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.SignIn;

/// <summary>Signing in, staying signed in, and signing out.</summary>
public static class SignInRoutes
{
    public static void AddSignIn(this IServiceCollection services)
    {
        services.TryAddSingleton(new SignInOptions());
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInStore>();
        services.AddSingleton<SignInFailures>();
        services.AddSingleton<AccountNotices>();
        services.AddHostedService<SignInUpkeep>();
    }

    public static void MapSignIn(this ApiRoutes routes)
    {
        var signIn = routes.Begin("Sign-in");
        signIn.Put<Login>("securitymanagement/login", Anonymous).AlsoBy("POST");
        signIn.Put<RefreshToken>("securitymanagement/refresh-token", Anonymous);
        signIn.Put<Logout>("securitymanagement/logout", Anonymous).AlsoBy("POST");
    }
}
