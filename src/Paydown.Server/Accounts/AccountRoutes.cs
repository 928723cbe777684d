using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using static Paydown.Server.Platform.Identity.Access;

namespace Paydown.Server.Accounts;

/// <summary>What people do with their own sign-in: passwords, sessions, the e-mail address.</summary>
public static class AccountRoutes
{
    internal static readonly PathId<SessionId> SessionId = new("sessionId");

    public static void AddAccounts(this IServiceCollection services)
    {
        services.AddSingleton<PasswordByToken>();
        services.AddSingleton<PasswordProof>();
    }

    public static void MapAccounts(this ApiRoutes routes)
    {
        var accounts = routes.Begin("Your sign-in");
        accounts.Post<ForgotPassword>("usermanagement/forgot-password", Anonymous);
        accounts.Post<ResetPassword>("usermanagement/reset-password", Anonymous);
        accounts.Post<AcceptInvitation>("usermanagement/accept-invitation", Anonymous);
        accounts.Post<ConfirmEmail>("usermanagement/confirm-email", Anonymous);
        accounts.Post<SendEmailConfirmation>("user/email-confirmation", AnyUser, Scopes.None);
        accounts.Put<ChangePassword>("user/password", AnyUser, Scopes.None);
        accounts.Get<ListSessions>("user/sessions", AnyUser, Scopes.None);
        accounts.Get<GetSecondFactor>("user/second-factor", AnyUser, Scopes.None).ToSetUpSecondFactor();
        accounts.Post<SetUpSecondFactor>("user/second-factor", AnyUser, Scopes.None).ToSetUpSecondFactor();
        accounts.Put<ConfirmSecondFactor>("user/second-factor/confirm", AnyUser, Scopes.None).ToSetUpSecondFactor();
        accounts.Put<RenewRecoveryCodes>("user/second-factor/renew-recovery-codes", AnyUser, Scopes.None);
        accounts.Put<RemoveSecondFactor>("user/second-factor/remove", AnyUser, Scopes.None);
        accounts.Put<EndSession>($"user/sessions/{SessionId}/end", AnyUser, Scopes.None);
    }
}
