using Paydown.Lending;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>
/// Signs in with e-mail and password. Whether anybody has the e-mail shows neither in the answer, nor in its time, nor
/// in the lock-out.
/// </summary>
public sealed class Login(
    SignInStore store,
    SignInLimits limits,
    PasswordGate passwords,
    AccessTokens accessTokens,
    Ids ids,
    TimeProvider time,
    ILogger<Login> logger)
{
    /// <summary>So many failures lock an e-mail…</summary>
    public const int FailuresMax = 5;

    /// <summary>…within so long.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(15);

    // Longer ones would only make us hash more.
    private const int PasswordLengthMax = 256;

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field.Text("email", "Who signs in; upper and lower case are the same", 3, 254)
            .Matching("^[^@\\s]+@[^@\\s]+$", "an e-mail address") with { Example = "customer@demo.example" },
        Field.Text("currentPassword", "The password", 8, PasswordLengthMax) with { Example = "Password@1" },
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var (email, password) = (call.Body.Text("email"), call.Body.Text("currentPassword"));
        var account = AccountKey.Of(email);
        if (limits.CheckLogin(account, call.Http.Connection.RemoteIpAddress) is { } tooMany)
            return Answer.Refused(tooMany);

        var candidate = await store.ReadCandidateAsync(
            email, account, time.GetUtcNow() - FailureWindow, call.Cancellation);
        if (candidate.Failures >= FailuresMax) return Answer.Refused(Refusals.AccountLocked());
        var isRight = await passwords.VerifyAsync(
            candidate.Password ?? PasswordHash.OfNobody, password, call.Cancellation);
        if (isRight.IsRefused) return Answer.Refused(isRight.Refusal);

        var signedIn = await DecideAsync(account, isRight.Value ? candidate.User : null, call.Cancellation);
        if (signedIn.IsRefused)
        {
            SignInLog.Refused(logger, candidate.User?.Id, signedIn.Refusal.Code);
            return Answer.Refused(signedIn.Refusal);
        }

        if (candidate.Password!.IsOutdated) await RaiseCostAsync(candidate, password);
        call.Http.Response.Headers.CacheControl = "no-store";
        return Answer.Success(signedIn.Value);
    }

    // Guesses that were hashed at the same time are decided one after the other: only the first five say whether they
    // were right, however many came at once and on however many servers.
    private async Task<Result<SignedIn>> DecideAsync(AccountKey account, User? user, CancellationToken token)
    {
        await using var transaction = await store.BeginAsync(token);
        var connection = transaction.Connection;
        var now = time.GetUtcNow();
        var failures = await SignInStore.LockAndCountFailuresAsync(connection, account, now - FailureWindow, token);
        if (failures >= FailuresMax) return Refusals.AccountLocked();
        if (user is null)
        {
            // Whoever hangs up before the refusal has failed all the same.
            await store.AddFailureAsync(connection, account, now, CancellationToken.None);
            await transaction.CommitAsync();
            return Refusals.InvalidCredentials();
        }

        var caller = new Caller(user.Id, user.OrganisationId, user.Role, ids.Next());
        var refreshToken = RefreshSecret.Create();
        await SignInStore.StartSessionAsync(
            connection, account, caller, RefreshSecret.HashOf(refreshToken), now, CancellationToken.None);
        await transaction.CommitAsync();
        SignInLog.SignedIn(logger, user.Id, caller.SessionId);
        return Write(user, TokenPair.Of(accessTokens.Issue(caller), refreshToken));
    }

    private async Task RaiseCostAsync(Candidate candidate, string password)
    {
        // Where the gate is full, the next sign-in does it.
        var raised = await passwords.CreateAsync(password, CancellationToken.None);
        if (raised.IsRefused) return;
        await store.RaisePasswordCostAsync(
            candidate.User!.Id, candidate.Password!, raised.Value, CancellationToken.None);
    }

    private static SignedIn Write(User user, TokenPair tokens) => new(
        tokens.AccessToken, tokens.RefreshToken, tokens.TokenType, tokens.ExpiresIn,
        new SignedInUser(user.Id, user.Role, user.FirstName, user.LastName, user.Email, user.OrganisationId));
}
