using Npgsql;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Http;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.SignIn;

/// <summary>
/// Signs in with e-mail and password. Whether anybody has the e-mail shows neither in the answer, nor in its time, nor
/// in the lock-out; nor whether its owner is a customer of another lender of the server. An address from which somebody
/// has signed in lately is known for that account: it has failures of its own, so that strangers cannot lock its owner
/// out (docs/decisions/0021).
/// </summary>
public sealed class Login(
    SignInStore store,
    OrganisationHosts hosts,
    SignInLimits limits,
    PasswordHashingLimit passwords,
    AccessTokens accessTokens,
    Ids ids,
    TimeProvider time,
    ILogger<Login> logger
)
{
    /// <summary>So many failures lock an e-mail…</summary>
    public const int FailuresMax = 5;

    /// <summary>…within so long.</summary>
    public static readonly TimeSpan FailureWindow = TimeSpan.FromMinutes(15);

    // With an e-mail alone, so many of its accounts are tried: each costs a hash.
    private const int LendersTriedMax = 4;

    // Longer ones would only make us hash more.
    private const int PasswordLengthMax = 256;

    public static IReadOnlyList<Field> Fields { get; } =
    [
        Field
            .Text("email", "Who signs in; upper and lower case are the same", 3, 254)
            .Matching("^[^@\\s]+@[^@\\s]+$", "an e-mail address") with
        {
            Example = "customer@demo.example",
        },
        Field.Text("currentPassword", "The password", 8, PasswordLengthMax) with
        {
            Example = "Password@1",
        },
        Field
            .Id(
                "organisationId",
                "The lender; needed only if the server has several, the host name of the request is of none, and the "
                    + "e-mail has accounts at several of them."
            )
            .Optional() with
        {
            Example = "01900000-0000-7000-8000-000000000001",
        },
        EncryptedPayload.Field,
    ];

    public async ValueTask<Answer> HandleAsync(Call call)
    {
        var (email, password) = (call.Body.Text("email"), call.Body.Text("currentPassword"));
        if (EncryptedPayload.Check(call.Body) is { } encrypted)
            return Answer.Refused(encrypted);
        var account = AccountKey.Of(email);
        var client = ClientKey.Of(account, call.ClientAddress);
        var chosen = await hosts.ChooseAsync(
            call.Body.IdOrNull("organisationId"),
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
        // Counted before the hash, and given back if the password is right: only failures count.
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
        var user = candidates.Users is [var first, ..] ? first.User.Id : (Guid?)null;
        SignInLog.Refused(logger, user, refusal.Code);
        return Answer.Refused(refusal);
    }

    // As many hashes whoever has the e-mail, and at however many lenders: neither may show in the time. A user who is
    // locked out is passed over like one who does not exist.
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

    // Guesses that were hashed at the same time are decided one after the other: only the first few say whether they
    // were right, however many came at once and on however many servers.
    private async Task<Result<SignedIn>> DecideAsync(Attempt attempt, CancellationToken token)
    {
        await using var transaction = await store.BeginAsync(token);
        var connection = transaction.Connection;
        var (account, now) = (attempt.Account, time.GetUtcNow());
        // Of a sign-in that names no lender, those that count against the user whose password is right.
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
        // Whoever hangs up before the refusal has failed all the same.
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
        var caller = new Caller(user.Id, user.OrganisationId, user.Role, ids.Next());
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

    // A password that is right at one lender was a guess at the users of the same e-mail at others: otherwise an
    // account of one's own there would allow any number of guesses.
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
        // Where the gate is full, the next sign-in does it.
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
        Guid? OrganisationId,
        IReadOnlyList<Candidate> Users,
        IReadOnlyList<Candidate> Right
    );
}
