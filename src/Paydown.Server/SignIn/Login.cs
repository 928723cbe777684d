using Npgsql;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Platform.Telemetry;

namespace Paydown.Server.SignIn;

/// <summary>
/// Signs in with e-mail and password. Neither the response, nor its time, nor the lock-out shows whether anyone has the
/// e-mail, or whether its owner is a customer of another lender on the server. An address with a recent sign-in is
/// known for that account and has its own count of failures, so strangers cannot lock the owner out
/// (docs/decisions/0021).
/// </summary>
public sealed class Login(
    SignInStore store,
    OrganisationHosts hosts,
    SignInLimits limits,
    PasswordHashingLimit passwords,
    AccessTokens accessTokens,
    Ids ids,
    TimeProvider time,
    Instruments instruments,
    ILogger<Login> logger
) : IUseCase
{
    /// <summary>The number of failures within <see cref="FailureWindow"/> that lock an e-mail.</summary>
    public const int FailuresMax = 5;

    /// <summary>The time in which failures are counted.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(15);

    // The number of accounts tried if only an e-mail is given; each costs a hash.
    private const int LendersTriedMax = 4;

    // Longer passwords would only cost more hashing.
    private const int PasswordLengthMax = 256;

    private static readonly Field<string> Email = Field
        .Text("email", "The e-mail address to sign in with; case does not matter.", 3, 254)
        .Matching("^[^@\\s]+@[^@\\s]+$", "an e-mail address")
        .WithExample("customer@demo.example");
    private static readonly Field<string> CurrentPassword = Field
        .Text("currentPassword", "The password.", 8, PasswordLengthMax)
        .WithExample("Password@1");
    private static readonly Field<OrganisationId?> OrganisationId = Field
        .Id<OrganisationId>(
            "organisationId",
            "The lender. Required only if the e-mail has accounts at several lenders of this server and "
                + "the request's host name belongs to none of them."
        )
        .Optional()
        .WithExample("01900000-0000-7000-8000-000000000001");

    public static Contract Contract { get; } =
        new Contract("Sign in with e-mail and password")
            .Reads(Email, CurrentPassword, OrganisationId, EncryptedPayload.Flag)
            .Returns<SignedIn>()
            .Refuses(
                Refusals.InvalidCredentials(),
                Refusals.AccountLocked(FailuresMax, FailureWindow),
                Refusals.RateLimitExceeded(60),
                Refusals.OrganisationAmbiguous(),
                Refusals.OrganisationNotOfHost("host"),
                Refusals.OrganisationUnknown(),
                Refusals.ValidationFailed()
            );

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var answer = await SignInAsync(call);
        instruments.SignedIn(answer.RefusalCode);
        return answer;
    }

    private async ValueTask<Answer> SignInAsync(Call call)
    {
        var (email, password) = (call.Body.Get(Email), call.Body.Get(CurrentPassword));
        if (EncryptedPayload.Check(call.Body) is { } encrypted)
            return Answer.Refused(encrypted);
        var account = AccountKey.Of(email);
        var client = ClientKey.Of(account, call.ClientAddress);
        var chosen = await hosts.ChooseAsync(
            call.Body.Get(OrganisationId),
            call.Http.Request.Host.Host,
            call.Cancellation
        );
        if (chosen.IsRefused)
            return Answer.Refused(chosen.Refusal);

        var organisationId = chosen.Value.Id;
        var usersMax = organisationId is null ? Math.Clamp(chosen.Value.Count, 1, LendersTriedMax) : 1;
        var candidates = await store.ReadCandidatesAsync(
            email,
            account,
            client,
            organisationId,
            time.GetUtcNow() - FailureWindow,
            usersMax,
            call.Cancellation
        );
        // Counted before the hash and given back if the password is right, because only failures count.
        var place = await limits.EnterLoginAsync(account, client, candidates.IsKnown, call.Cancellation);
        if (place.IsRefused)
            return Answer.Refused(place.Refusal);
        if (candidates.AreLocked(FailuresMax))
            return Refuse(candidates, Refusals.AccountLocked(FailuresMax, FailureWindow));
        var right = await FindRightAsync(candidates, usersMax, password, call.Cancellation);
        if (right.IsRefused)
            return Answer.Refused(right.Refusal);

        var attempt = new Attempt(account, client, organisationId, candidates.Users, right.Value);
        var signedIn = await DecideAsync(attempt, call.Cancellation);
        if (signedIn.IsRefused)
            return Refuse(candidates, signedIn.Refusal);
        place.Value.GiveBack();
        if (right.Value[0].Password.IsOutdated)
            await RaiseCostAsync(right.Value[0], password);
        return Answer.Success(signedIn.Value);
    }

    private Answer Refuse(Candidates candidates, Refusal refusal)
    {
        var user = candidates.Users is [var first, ..] ? first.User.Id : (UserId?)null;
        SignInLog.Refused(logger, user, refusal.Code);
        return Answer.Refused(refusal);
    }

    // Always computes the same number of hashes, so the time shows neither whether the e-mail exists nor at how many
    // lenders. A locked-out user is treated like one who does not exist.
    private async ValueTask<Result<List<Candidate>>> FindRightAsync(
        Candidates candidates,
        int usersMax,
        string password,
        CancellationToken token
    )
    {
        var users = candidates.Users;
        var right = new List<Candidate>();
        for (var i = 0; i < usersMax; i++)
        {
            var user = i < users.Count && users[i].Failures < FailuresMax ? users[i] : null;
            var isRight = await passwords.VerifyAsync(
                user?.Password ?? PasswordHash.OfNobody,
                password,
                candidates.IsKnown,
                token
            );
            if (isRight.IsRefused)
                return isRight.Refusal;
            if (isRight.Value && user is not null)
                right.Add(user);
        }

        return right;
    }

    // Concurrent guesses are decided one after the other, on all servers together. So only the first few learn whether
    // they were right.
    private async Task<Result<SignedIn>> DecideAsync(Attempt attempt, CancellationToken token)
    {
        await using var transaction = await store.BeginAsync(token);
        var connection = transaction.Connection;
        var (account, now) = (attempt.Account, time.GetUtcNow());
        // A sign-in without a lender uses the failure count of the user whose password is right.
        var scope = attempt.OrganisationId ?? (attempt.Right is [var only] ? only.User.OrganisationId : null);
        var isKnown = (attempt.Right.Count > 0 ? attempt.Right : attempt.Users).Any(user => user.IsKnown);
        var failures = await SignInStore.LockAndCountFailuresAsync(
            connection,
            account,
            isKnown ? attempt.Client : null,
            scope,
            now - FailureWindow,
            token
        );
        if (failures >= FailuresMax)
            return Refusals.AccountLocked(FailuresMax, FailureWindow);
        // A failure counts even if the client disconnects before the response.
        if (attempt.Right.Count == 0)
        {
            await store.AddFailureAsync(
                connection,
                account,
                attempt.Client,
                attempt.OrganisationId,
                now,
                CancellationToken.None
            );
        }
        else
        {
            await AddFailuresElsewhereAsync(connection, attempt, now);
        }

        if (attempt.Right is not [var signingIn])
        {
            await transaction.CommitAsync();
            return attempt.Right.Count == 0 ? Refusals.InvalidCredentials() : Refusals.OrganisationAmbiguous();
        }

        var user = signingIn.User;
        var caller = new Caller(user.Id, user.OrganisationId, user.Role, ids.Next<SessionId>());
        var refreshToken = RefreshSecret.Create();
        await SignInStore.StartSessionAsync(
            connection,
            account,
            attempt.Client,
            isKnown,
            caller,
            RefreshSecret.HashOf(refreshToken),
            now,
            CancellationToken.None
        );
        await transaction.CommitAsync();
        SignInLog.SignedIn(logger, user.Id, caller.SessionId);
        return Write(user, TokenPair.Of(accessTokens.Issue(caller), refreshToken));
    }

    // A password that is right at one lender counts as a failed guess at the other lenders with the same e-mail.
    // Otherwise an attacker's own account would allow unlimited guesses.
    private async Task AddFailuresElsewhereAsync(NpgsqlConnection connection, Attempt attempt, DateTimeOffset now)
    {
        foreach (var wrong in attempt.Users.Except(attempt.Right))
        {
            await store.AddFailureAsync(
                connection,
                attempt.Account,
                attempt.Client,
                wrong.User.OrganisationId,
                now,
                CancellationToken.None
            );
        }
    }

    private async Task RaiseCostAsync(Candidate candidate, string password)
    {
        // If password hashing is at its limit, the next sign-in raises the cost.
        var raised = await passwords.CreateAsync(password, CancellationToken.None);
        if (raised.IsRefused)
            return;
        await store.RaisePasswordCostAsync(candidate.User.Id, candidate.Password, raised.Value, CancellationToken.None);
    }

    private static SignedIn Write(User user, TokenPair tokens) =>
        new(
            tokens.AccessToken,
            tokens.RefreshToken,
            tokens.TokenType,
            tokens.ExpiresIn,
            new SignedInUser(user.Id, user.Role, user.FirstName, user.LastName, user.Email, user.OrganisationId)
        );

    private sealed record Attempt(
        AccountKey Account,
        ClientKey Client,
        OrganisationId? OrganisationId,
        IReadOnlyList<Candidate> Users,
        IReadOnlyList<Candidate> Right
    );
}
