using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>An employee who was invited, or whose sign-in was reset, sets a password and can sign in.</summary>
public sealed class AcceptInvitation(PasswordByToken passwords) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Accept an invitation to the back office, and set the password")
            .Reads(PasswordByToken.Token, PasswordByToken.Password, PasswordByToken.ConfirmPassword)
            .Returns<Done>()
            .Refuses(Refusals.OneTimeTokenInvalid(), Refusals.RateLimitExceeded(60), Refusals.ValidationFailed());

    public ValueTask<Answer> HandleAsync(Call call) =>
        passwords.SetAsync(call, TokenPurpose.Invitation, "INVITATION_ACCEPTED");
}
