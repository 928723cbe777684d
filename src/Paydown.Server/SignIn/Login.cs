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
    SignInFailures failures,
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

    private static readonly Field<string?> SecondFactorCode = Field
        .Text(
            "secondFactorCode",
            "The code of the authenticator app, or a recovery code; needed if the user has a second factor.",
            6,
            40
        )
        .Optional()
        .NotInExamples();

    public static Contract Contract { get; } =
        new Contract("Sign in with e-mail and password")
            .Reads(Email, CurrentPassword, OrganisationId, SecondFactorCode, EncryptedPayload.Flag)
            .Returns<SignedIn>()
            .Refuses(
                Refusals.InvalidCredentials(),
                Refusals.AccountLocked(TimeSpan.FromMinutes(Refusals.SignInWindowMinutes)),
                Refusals.RateLimitExceeded(60),
                Refusals.OrganisationAmbiguous(),
                Refusals.OrganisationNotOfHost("host"),
                Refusals.OrganisationUnknown(),
                Refusals.SecondFactorCodeWrong(),
                Refusals.SecondFactorRequired(),
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
        var now = time.GetUtcNow();
        var candidates = await store.ReadCandidatesAsync(
            email,
            account,
            client,
            organisationId,
            now - SignInFailures.WindowMax,
            usersMax,
            call.Cancellation
        );
        // Counted before the hash and given back if the password is right, because only failures count.
        var place = await limits.EnterLoginAsync(account, client, candidates.IsKnown, call.Cancellation);
        if (place.IsRefused)
            return Answer.Refused(place.Refusal);
        if (candidates.FindLock(now) is { } until)
            return Refuse(candidates, Refusals.AccountLocked(until - now));
        var right = await FindRightAsync(candidates, usersMax, password, now, call.Cancellation);
        if (right.IsRefused)
            return Answer.Refused(right.Refusal);

        var attempt = new Attempt(
            account,
            client,
            organisationId,
            candidates.Users,
            right.Value,
            call.Body.Get(SecondFactorCode)
        );
        var signedIn = await DecideAsync(attempt, call.Cancellation);
        if (signedIn.IsRefused)
            return Refuse(candidates, signedIn.Refusal);
        place.Value.GiveBack();
        if (right.Value[0].Password is { IsOutdated: true })
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
        DateTimeOffset now,
        CancellationToken token
    )
    {
        var users = candidates.Users;
        var right = new List<Candidate>();
        for (var i = 0; i < usersMax; i++)
        {
            var user = i < users.Count && !(users[i].LockedUntil > now) ? users[i] : null;
            var isRight = await passwords.VerifyAsync(
                user?.Password ?? PasswordHash.OfNobody,
                password,
                candidates.IsKnown,
                token
            );
            if (isRight.IsRefused)
                return isRight.Refusal;
            if (isRight.Value && user?.Password is not null)
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
        await SignInFailures.SerializeAsync(connection, account, token);
        var until = await SignInFailures.FindLockAsync(
            connection,
            account,
            isKnown ? attempt.Client : null,
            scope,
            attempt.FailuresCountAfter(now),
            token
        );
        if (until > now)
            return Refusals.AccountLocked(until.Value - now);
        // A failure counts even if the client disconnects before the response.
        if (attempt.Right.Count == 0)
        {
            await failures.AddAsync(
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

        if (!await SignInStore.MayStillSignInAsync(connection, signingIn, token))
            return Refusals.InvalidCredentials();
        var user = signingIn.User;
        var factor = (await SecondFactorStore.FindAsync(connection, user.Id, token))!;
        if (await CheckSecondFactorAsync(connection, attempt, user, factor, now) is { } refused)
        {
            await transaction.CommitAsync();
            return refused;
        }

        var caller = new Caller(
            user.Id,
            user.OrganisationId,
            user.Role,
            ids.Next<SessionId>(),
            MustSetUpSecondFactor: factor.MustBeSetUp
        );
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

    // A wrong code counts as a failed sign-in, so codes cannot be guessed.
    private async Task<Refusal?> CheckSecondFactorAsync(
        NpgsqlConnection connection,
        Attempt attempt,
        User user,
        SecondFactor factor,
        DateTimeOffset now
    )
    {
        if (!factor.IsOn)
            return null;
        if (attempt.SecondFactorCode is not { } code)
            return Refusals.SecondFactorRequired();
        if (await SecondFactorStore.TryUseAsync(connection, user.Id, factor, code, now, CancellationToken.None))
            return null;
        await failures.AddAsync(
            connection,
            attempt.Account,
            attempt.Client,
            user.OrganisationId,
            now,
            CancellationToken.None
        );
        return Refusals.SecondFactorCodeWrong();
    }

    // A password that is right at one lender counts as a failed guess at the other lenders with the same e-mail.
    // Otherwise an attacker's own account would allow unlimited guesses.
    private async Task AddFailuresElsewhereAsync(NpgsqlConnection connection, Attempt attempt, DateTimeOffset now)
    {
        foreach (var wrong in attempt.Users.Except(attempt.Right))
        {
            await failures.AddAsync(
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
        await store.RaisePasswordCostAsync(
            candidate.User.Id,
            candidate.Password!,
            raised.Value,
            CancellationToken.None
        );
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
        IReadOnlyList<Candidate> Right,
        string? SecondFactorCode
    )
    {
        /// <summary>The instant after which failures count: a user may have been unlocked.</summary>
        public DateTimeOffset FailuresCountAfter(DateTimeOffset now)
        {
            var start = now - SignInFailures.WindowMax;
            var unlocked = (Right.Count > 0 ? Right : Users) is [{ UnlockedAt: { } at }] ? at : start;
            return unlocked > start ? unlocked : start;
        }
    }
}
