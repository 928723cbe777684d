using System.Diagnostics.CodeAnalysis;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Paydown.Lending.Identifiers;
using Paydown.Lending.Outcomes;
using Paydown.Server.Platform.Storage;

namespace Paydown.Server.Platform.Identity;

/// <summary>
/// Issues and checks access tokens: JSON Web Tokens, signed with HS256 only. A token that was checked is cached by its
/// SHA-256. Whether its session was revoked is checked every time.
/// </summary>
public sealed class AccessTokens(SigningKeys keys, RevokedSessions revoked, TimeProvider time, Ids ids)
{
    /// <summary>The lifetime of an access token.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(1);

    internal const string Issuer = "paydown";
    internal const string Audience = "paydown-api";
    internal const string TokenType = "at+jwt";

    // The claim of a user who must set up a second factor first.
    private const string SetUp = "setup";

    // Our tokens have about 500 characters. Longer ones are not parsed.
    private const int LengthMax = 4096;

    private readonly JsonWebTokenHandler handler = new() { SetDefaultTimesOnTokenCreation = false };
    private readonly TokenValidationParameters rules = CreateRules(keys, time);
    private readonly ValidTokens valid = new();

    /// <summary>Returns a new token for a caller.</summary>
    public string Issue(Caller caller)
    {
        var now = time.GetUtcNow();
        var claims = new Dictionary<string, object>(StringComparer.Ordinal)
        {
            ["sub"] = caller.UserId.ToString(),
            ["org"] = caller.OrganisationId.ToString(),
            ["role"] = Words.Write(caller.Role),
            ["sid"] = caller.SessionId.ToString(),
            ["jti"] = ids.Next<AccessTokenId>().ToString(),
        };
        if (caller.MustSetUpSecondFactor)
            claims[SetUp] = true;
        return handler.CreateToken(
            new SecurityTokenDescriptor
            {
                TokenType = TokenType,
                Issuer = Issuer,
                Audience = Audience,
                IssuedAt = now.UtcDateTime,
                Expires = now.UtcDateTime + Lifetime,
                SigningCredentials = keys.Current.Credentials,
                Claims = claims,
            }
        );
    }

    /// <summary>
    /// Returns the caller of a token; null if it is malformed, forged, expired or revoked. Waits only if this server
    /// does not know its key yet.
    /// </summary>
    public ValueTask<Caller?> AuthenticateAsync(string token, CancellationToken cancellation) =>
        TryAuthenticate(token, out var caller, out var unknownKid) || unknownKid is null
            ? ValueTask.FromResult(caller)
            : AuthenticateByNewKeyAsync(token, unknownKid, cancellation);

    /// <summary>Does the same with the keys that this server knows.</summary>
    public bool TryAuthenticate(string token, [NotNullWhen(true)] out Caller? caller) =>
        TryAuthenticate(token, out caller, out _);

    private async ValueTask<Caller?> AuthenticateByNewKeyAsync(
        string token,
        string kid,
        CancellationToken cancellation
    ) => await keys.LearnAsync(kid, cancellation) && TryAuthenticate(token, out var caller) ? caller : null;

    private bool TryAuthenticate(string token, [NotNullWhen(true)] out Caller? caller, out string? unknownKid)
    {
        (caller, unknownKid) = (null, null);
        if (token.Length is 0 or > LengthMax || !TokenKey.TryOf(token, out var key))
            return false;
        if (!valid.TryGet(key, time.GetUtcNow(), out caller))
        {
            if (!TokenForm.IsCanonical(token) || !TryCheck(token, out caller, out var expiresAt, out unknownKid))
                return false;
            valid.Add(key, caller, expiresAt);
        }

        if (!revoked.Contains(caller.SessionId))
            return true;
        caller = null;
        return false;
    }

    private bool TryCheck(
        string token,
        [NotNullWhen(true)] out Caller? caller,
        out DateTimeOffset expiresAt,
        out string? unknownKid
    )
    {
        (caller, expiresAt) = (null, default);
        // It completes synchronously, because all keys are in memory.
        var checking = handler.ValidateTokenAsync(token, rules);
        if (!checking.IsCompleted)
            throw new InvalidOperationException("The check of a token must not wait.");
#pragma warning disable RS0030 // The task is completed, so this does not block.
        var result = checking.GetAwaiter().GetResult();
#pragma warning restore RS0030
        unknownKid =
            result.Exception is SecurityTokenSignatureKeyNotFoundException
                ? (result.TokenOnFailedValidation as JsonWebToken)?.Kid
                : null;
        if (!result.IsValid || result.SecurityToken is not JsonWebToken jwt)
            return false;
        if (!TryReadCaller(jwt, out caller))
            return false;
        expiresAt = new DateTimeOffset(jwt.ValidTo, TimeSpan.Zero);
        return true;
    }

    private static bool TryReadCaller(JsonWebToken jwt, [NotNullWhen(true)] out Caller? caller)
    {
        caller = null;
        if (
            !TryReadId(jwt, "sub", out UserId userId)
            || !TryReadId(jwt, "org", out OrganisationId organisationId)
            || !TryReadId(jwt, "sid", out SessionId sessionId)
            || !TryReadId(jwt, "jti", out AccessTokenId _)
            || !jwt.TryGetPayloadValue<string>("role", out var role)
            || !Roles.TryGetValue(role, out var known)
        )
            return false;
        var mustSetUp = jwt.TryGetPayloadValue<bool>(SetUp, out var isSet) && isSet;
        caller = new Caller(userId, organisationId, known, sessionId, MustSetUpSecondFactor: mustSetUp);
        return true;
    }

    private static bool TryReadId<TId>(JsonWebToken jwt, string claim, out TId id)
        where TId : struct, IId<TId>
    {
        id = default;
        return jwt.TryGetPayloadValue<string>(claim, out var text) && IdText.TryParse(text, "D", out id);
    }

    private static readonly Dictionary<string, Role> Roles = Enum.GetValues<Role>()
        .ToDictionary(Words.Write, role => role, StringComparer.Ordinal);

    private static TokenValidationParameters CreateRules(SigningKeys keys, TimeProvider time) =>
        new()
        {
            ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
            ValidTypes = [TokenType],
            ValidIssuer = Issuer,
            ValidAudience = Audience,
            RequireSignedTokens = true,
            RequireExpirationTime = true,
            // One key per kid. Without this, the library would try every key.
            TryAllIssuerSigningKeys = false,
            IssuerSigningKeyResolver = (_, _, kid, _) =>
                kid is not null && keys.TryFind(kid, out var key) ? [key.Key] : [],
            // The default rule uses the clock of the machine.
            LifetimeValidator = (notBefore, expires, _, _) =>
                expires > time.GetUtcNow().UtcDateTime && !(notBefore > time.GetUtcNow().UtcDateTime),
            LogValidationExceptions = false,
            // Finds out the key of a token if this server does not know it.
            IncludeTokenOnFailedValidation = true,
        };
}
