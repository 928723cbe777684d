using System.Security.Claims;
using System.Text.Encodings.Web;
using Microsoft.AspNetCore.Authentication;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Npgsql;

namespace Usual;

/// <summary>The public keys of the token signatures, as an authority's metadata would provide them.</summary>
public sealed record TokenKeys(IReadOnlyList<SecurityKey> Keys)
{
    public static async Task<TokenKeys> LoadAsync(string connectionString)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand("select id, secret from signing_key", connection);
        await using var reader = await command.ExecuteReaderAsync();
        var keys = new List<SecurityKey>();
        while (await reader.ReadAsync())
            keys.Add(
                new SymmetricSecurityKey(reader.GetFieldValue<byte[]>(1)) { KeyId = reader.GetGuid(0).ToString() }
            );
        return new TokenKeys(keys);
    }
}

public sealed class TokenAuthenticationOptions : AuthenticationSchemeOptions;

/// <summary>
/// Does what the JwtBearer middleware does per request (its package for .NET 10 cannot be restored here): validates the
/// token with the same library and turns it into a principal.
/// </summary>
public sealed class TokenAuthentication(
    IOptionsMonitor<TokenAuthenticationOptions> options,
    ILoggerFactory logger,
    UrlEncoder encoder,
    TokenKeys keys
) : AuthenticationHandler<TokenAuthenticationOptions>(options, logger, encoder)
{
    public new const string Scheme = "Token";

    private static readonly JsonWebTokenHandler Handler = new() { MapInboundClaims = false };

    private static TokenValidationParameters? parameters;

    protected override async Task<AuthenticateResult> HandleAuthenticateAsync()
    {
        var token = Request.Headers["X-Auth-Token"].ToString();
        if (token.Length == 0)
            return AuthenticateResult.NoResult();
        var validated = await Handler.ValidateTokenAsync(
            token,
            parameters ??= new TokenValidationParameters
            {
                ValidIssuer = "paydown",
                ValidAudience = "paydown-api",
                ValidAlgorithms = [SecurityAlgorithms.HmacSha256],
                IssuerSigningKeys = keys.Keys,
            }
        );
        if (!validated.IsValid)
            return AuthenticateResult.Fail(validated.Exception);
        return AuthenticateResult.Success(
            new AuthenticationTicket(new ClaimsPrincipal(validated.ClaimsIdentity), base.Scheme.Name)
        );
    }
}

/// <summary>Refuses a request without the API's required headers.</summary>
public sealed class RequiredHeaders : IEndpointFilter
{
    public ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var headers = context.HttpContext.Request.Headers;
        if (
            !DateTimeOffset.TryParse(headers["x-fapi-auth-date"], out _)
            || !System.Net.IPAddress.TryParse(headers["x-fapi-customer-ip-address"], out _)
            || string.IsNullOrEmpty(headers["x-fapi-interaction-id"])
        )
            return ValueTask.FromResult<object?>(
                Results.BadRequest(new Failure("FAILED", "A required header is missing or wrong."))
            );
        context.HttpContext.Response.Headers["x-fapi-interaction-id"] = headers["x-fapi-interaction-id"];
        return next(context);
    }
}

public sealed record Failure(string Status, string Message);

public sealed record Success<T>(string Status, T Data);

public static class Principals
{
    /// <summary>The user that the token was issued to.</summary>
    public static Guid UserId(this ClaimsPrincipal principal) => Guid.Parse(principal.FindFirstValue("sub")!);
}
