using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;

namespace Paydown.Server.Tests.Platform.Identity;

/// <summary>Makes tokens by hand, with any header, claims and key, as a forger would.</summary>
internal sealed class TokenBench
{
    public TokenBench()
    {
        Ids = new Ids(Time);
        Key = SigningKey.Create(Ids.Next<SigningKeyId>(), Time.GetUtcNow());
        Keys = new SigningKeys(Time);
        Keys.Replace([Key]);
        Tokens = OtherServer();
        Caller = new Caller(Ids.Next<UserId>(), Ids.Next<OrganisationId>(), Role.Customer, Ids.Next<SessionId>());
    }

    public ManualTime Time { get; } = new();

    public Ids Ids { get; }

    public SigningKey Key { get; }

    public SigningKeys Keys { get; }

    public RevokedSessions Revoked { get; } = new();

    public AccessTokens Tokens { get; }

    public Caller Caller { get; }

    /// <summary>Returns a server with the same keys and an empty cache.</summary>
    public AccessTokens OtherServer() => new(Keys, Revoked, Time, Ids);

    /// <summary>Returns a token that is valid apart from the changes.</summary>
    public string Sign(Action<JsonObject>? header = null, Action<JsonObject>? claims = null, SigningKey? key = null) =>
        SignAs(header, claims, (key ?? Key).Secret, HMACSHA256.HashData, (key ?? Key).Id.ToString());

    /// <summary>Returns the same with any MAC.</summary>
    public string SignAs(
        Action<JsonObject>? header,
        Action<JsonObject>? claims,
        byte[] secret,
        Func<byte[], byte[], byte[]> mac,
        string? kid = null
    )
    {
        var head = new JsonObject
        {
            ["alg"] = "HS256",
            ["kid"] = kid ?? Key.Id.ToString(),
            ["typ"] = "at+jwt",
        };
        var now = Time.GetUtcNow().ToUnixTimeSeconds();
        var body = new JsonObject
        {
            ["sub"] = Caller.UserId.ToString(),
            ["org"] = Caller.OrganisationId.ToString(),
            ["role"] = "CUSTOMER",
            ["sid"] = Caller.SessionId.ToString(),
            ["jti"] = Ids.Next().ToString(),
            ["iss"] = "paydown",
            ["aud"] = "paydown-api",
            ["iat"] = now,
            ["exp"] = now + 3600,
        };
        header?.Invoke(head);
        claims?.Invoke(body);
        var signed = $"{Encode(head.ToJsonString())}.{Encode(body.ToJsonString())}";
        return $"{signed}.{Base64Url.EncodeToString(mac(secret, Encoding.ASCII.GetBytes(signed)))}";
    }

    /// <summary>Returns the kid of a token.</summary>
    public static Guid KeyOf(string token) => Decode(token.Split('.')[0]).GetProperty("kid").GetGuid();

    public static string Encode(string json) => Base64Url.EncodeToString(Encoding.UTF8.GetBytes(json));

    public static JsonElement Decode(string part) => JsonDocument.Parse(Base64Url.DecodeFromChars(part)).RootElement;
}
