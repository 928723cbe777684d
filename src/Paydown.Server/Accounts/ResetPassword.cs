using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Http;
using Paydown.Server.SignIn;

namespace Paydown.Server.Accounts;

/// <summary>
/// Replaces a forgotten password by the token that was mailed. All sessions of the user end, and so does a lock.
/// </summary>
public sealed class ResetPassword(PasswordByToken passwords) : IUseCase
{
    public static Contract Contract { get; } =
        new Contract("Replace a forgotten password by the token of the message")
            .Reads(PasswordByToken.Token, PasswordByToken.Password, PasswordByToken.ConfirmPassword)
            .Returns<Done>()
            .Refuses(Refusals.OneTimeTokenInvalid(), Refusals.RateLimitExceeded(60), Refusals.ValidationFailed());

    public ValueTask<Answer> HandleAsync(Call call) =>
        passwords.SetAsync(call, TokenPurpose.PasswordReset, "PASSWORD_RESET");
}
