using Microsoft.Extensions.DependencyInjection.Extensions;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>Signing in, staying signed in, and signing out.</summary>
public static class SignInFeature
{
    private const string Tag = "Sign-in";

    public static void AddSignIn(this IServiceCollection services)
    {
        services.TryAddSingleton(new SignInOptions());
        services.AddSingleton<SignInLimits>();
        services.AddSingleton<SignInStore>();
        services.AddSingleton<Login>();
        services.AddSingleton<RefreshToken>();
        services.AddSingleton<Logout>();
        services.AddHostedService<SignInUpkeep>();
    }

    public static void MapSignIn(this ApiRoutes routes, IServiceProvider services)
    {
        var login = services.GetRequiredService<Login>();
        foreach (var add in new[] { routes.Put, routes.Post })
        {
            Open(add(LoginPath, login.HandleAsync), "Sign in with e-mail and password")
                .Reads(Login.Fields)
                .Answers(SignedIn.Example)
                .Refuses(
                    Refusals.InvalidCredentials(),
                    Refusals.AccountLocked(Login.FailuresMax, Login.FailureWindow),
                    Refusals.RateLimitExceeded(60)
                );
        }

        Open(
                routes.Put("securitymanagement/refresh-token", services.GetRequiredService<RefreshToken>().HandleAsync),
                "Get a new pair of tokens"
            )
            .Reads(RefreshToken.Fields)
            .Answers(TokenPair.Example)
            .Refuses(Refusals.InvalidRefreshToken(), Refusals.TokenAlreadyUsed(), Refusals.RateLimitExceeded(60));
        var logout = services.GetRequiredService<Logout>();
        foreach (var add in new[] { routes.Put, routes.Post })
        {
            Open(add(LogoutPath, logout.HandleAsync), "Sign out: both tokens are revoked at once")
                .Reads(Logout.Fields)
                .Answers(new SignedOut())
                .Refuses(Refusals.InvalidRefreshToken(), Refusals.RateLimitExceeded(60));
        }
    }

    private const string LoginPath = "securitymanagement/login";
    private const string LogoutPath = "securitymanagement/logout";

    private static ApiRoute Open(ApiRoute route, string summary) =>
        route.For(Access.Anonymous).WithoutConventions().Described(Tag, summary);
}
