using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Identity;

/// <summary>Every known way to forge a JSON Web Token (RFC 8725).</summary>
public sealed class TokenAttacksTests
{
    private readonly TokenBench bench = new();
    private readonly AccessTokens fresh;

    public TokenAttacksTests() => fresh = bench.OtherServer();

    [Fact]
    public void A_token_signed_with_the_right_key_is_accepted() => Takes(bench.Sign());

    [Theory]
    [InlineData("none")]
    [InlineData("None")]
    [InlineData("NONE")]
    [InlineData("")]
    public void Algorithm_none(string algorithm)
    {
        var parts = bench.Sign(header => header["alg"] = algorithm).Split('.');
        Refuses($"{parts[0]}.{parts[1]}.");
        Refuses($"{parts[0]}.{parts[1]}.{parts[2]}");
        Refuses($"{parts[0]}.{parts[1]}");
    }

    [Fact]
    public void No_algorithm_at_all() => Refuses(bench.Sign(header => header.Remove("alg")));

    [Fact]
    public void Another_algorithm_with_the_right_secret()
    {
        Refuses(bench.SignAs(header => header["alg"] = "HS512", null, bench.Key.Secret, HMACSHA512.HashData));
        Refuses(bench.SignAs(header => header["alg"] = "HS384", null, bench.Key.Secret, HMACSHA384.HashData));
        Refuses(bench.Sign(header => header["alg"] = "RS256"));
        Refuses(bench.Sign(header => header["alg"] = "hs256"));
    }

    [Fact]
    public void Another_algorithm_in_name_only() =>
        Refuses(bench.SignAs(null, null, bench.Key.Secret, HMACSHA512.HashData));

    [Fact]
    public void A_truncated_signature()
    {
        var token = bench.Sign();
        for (var length = 1; length <= 43; length++)
            Refuses(token[..^length]);
    }

    [Theory]
    [InlineData("exp")]
    [InlineData("sub")]
    [InlineData("org")]
    [InlineData("role")]
    [InlineData("sid")]
    [InlineData("jti")]
    [InlineData("iss")]
    [InlineData("aud")]
    public void A_claim_is_missing(string claim) => Refuses(bench.Sign(claims: claims => claims.Remove(claim)));

    [Fact]
    public void A_claim_with_a_wrong_value()
    {
        Refuses(bench.Sign(claims: claims => claims["exp"] = "tomorrow"));
        Refuses(bench.Sign(claims: claims => claims["exp"] = bench.Time.GetUtcNow().ToUnixTimeSeconds()));
        Refuses(bench.Sign(claims: claims => claims["exp"] = -1));
        Refuses(bench.Sign(claims: claims => claims["sub"] = "somebody"));
        Refuses(bench.Sign(claims: claims => claims["role"] = "OWNER"));
        Refuses(bench.Sign(claims: claims => claims["role"] = "15"));
        Refuses(bench.Sign(claims: claims => claims["role"] = new JsonArray("CUSTOMER", "MANAGER")));
        Refuses(bench.Sign(claims: claims => claims["iss"] = "somebody else"));
        Refuses(bench.Sign(claims: claims => claims["aud"] = "another-api"));
        Refuses(bench.Sign(claims: claims => claims["nbf"] = bench.Time.GetUtcNow().ToUnixTimeSeconds() + 60));
        Refuses(bench.Sign(header => header["typ"] = "JWT"));
        Refuses(bench.Sign(header => header.Remove("typ")));
    }

    [Fact]
    public void Claims_changed_after_signing()
    {
        var (token, parts) = (bench.Sign(), bench.Sign(claims: claims => claims["role"] = "MANAGER").Split('.'));
        Takes(token);
        Refuses($"{token.Split('.')[0]}.{parts[1]}.{token.Split('.')[2]}");
    }

    [Fact]
    public void Another_key_under_a_known_kid()
    {
        var forger = SigningKey.Create(bench.Key.Id, bench.Time.GetUtcNow());
        Refuses(bench.Sign(key: forger));
    }

    [Fact]
    public void A_known_key_under_another_kid_or_none()
    {
        var second = SigningKey.Create(bench.Ids.Next<SigningKeyId>(), bench.Time.GetUtcNow());
        bench.Keys.Replace([bench.Key, second]);
        Refuses(bench.Sign(header => header["kid"] = second.Id.ToString()));
        Refuses(bench.Sign(header => header["kid"] = bench.Key.Id.ToString().ToUpperInvariant()));
        Refuses(bench.Sign(header => header["kid"] = bench.Key.Id.Value.ToString("N")));
        Refuses(bench.Sign(header => header["kid"] = ""));
        Refuses(bench.Sign(header => header["kid"] = "../../../../dev/null"));
        Refuses(bench.Sign(header => header.Remove("kid")));
    }

    [Fact]
    public void A_key_inside_the_token()
    {
        var secret = RandomNumberGenerator.GetBytes(64);
        Refuses(
            bench.SignAs(
                header =>
                {
                    header.Remove("kid");
                    header["jwk"] = new JsonObject { ["kty"] = "oct", ["k"] = Convert.ToBase64String(secret) };
                },
                null,
                secret,
                HMACSHA256.HashData
            )
        );
        Refuses(bench.SignAs(_ => { }, null, [], HMACSHA256.HashData));
    }

    [Fact]
    public void Another_spelling_of_the_signature()
    {
        const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
        var token = bench.Sign();
        Takes(token);
        var last = Alphabet.IndexOf(token[^1], StringComparison.Ordinal);
        // 43 characters carry 258 bits for 256. The last two bits are free, and lenient decoders accept all four
        // values.
        for (var bits = 1; bits < 4; bits++)
            Refuses($"{token[..^1]}{Alphabet[last | bits]}");
    }

    [Fact]
    public void Padding_and_white_space()
    {
        var token = bench.Sign();
        Refuses(token + "=");
        Refuses(token + "==");
        Refuses(token + " ");
        Refuses(" " + token);
        Refuses(token + "\n");
        Refuses(token.Insert(10, "\n"));
        Refuses(token.Replace(".", "=.", StringComparison.Ordinal));
        Refuses(token + "\0");
        Refuses(token + "é");
        Refuses(token + "ｅ");
        Refuses(token.Replace('-', '+').Replace('_', '/') + "+");
    }

    [Fact]
    public void More_or_fewer_parts()
    {
        var token = bench.Sign();
        string[] others =
        [
            "",
            ".",
            "..",
            "...",
            $"{token}.",
            $".{token}",
            $"{token}.{token}",
            $"{token}..",
            "a.b.c",
            "a.b.c.d.e",
        ];
        foreach (var other in others)
            Refuses(other);
    }

    [Fact]
    public void A_token_of_more_than_four_kilobytes_even_if_signed()
    {
        Takes(bench.Sign(claims: claims => claims["filler"] = new string('x', 2000)));
        Refuses(bench.Sign(claims: claims => claims["filler"] = new string('x', 4000)));
        Refuses(new string('a', 1_000_000));
    }

    [Fact]
    public void An_encrypted_token()
    {
        var header = TokenBench.Encode("""{"alg":"dir","enc":"A256CBC-HS512","kid":"x"}""");
        Refuses($"{header}..AAAAAAAAAAAAAAAAAAAAAA.AAAA.AAAAAAAAAAAAAAAAAAAAAA");
    }

    [Fact]
    public void Garbage_of_every_kind()
    {
        var random = new Random(7);
        var token = bench.Sign();
        for (var i = 0; i < 2000; i++)
        {
            var changed = new StringBuilder(token);
            var at = random.Next(token.Length);
            changed[at] = (char)random.Next(33, 127);
            if (changed[at] != token[at])
                Refuses(changed.ToString());
        }
    }

    private void Takes(string token) => bench.OtherServer().TryAuthenticate(token, out _).ShouldBeTrue();

    // Refused by a server that has cached the right token, and by one that has not.
    private void Refuses(string token)
    {
        bench.Tokens.TryAuthenticate(token, out var caller).ShouldBeFalse(token[..Math.Min(token.Length, 800)]);
        caller.ShouldBeNull();
        fresh.TryAuthenticate(token, out caller).ShouldBeFalse();
        caller.ShouldBeNull();
    }
}
