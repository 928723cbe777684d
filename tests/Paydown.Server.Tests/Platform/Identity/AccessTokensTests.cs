using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Identity;

public sealed class AccessTokensTests
{
    private readonly TokenBench bench = new();

    [Fact]
    public void A_token_identifies_the_caller_it_was_issued_to()
    {
        var token = bench.Tokens.Issue(bench.Caller);
        bench.Tokens.TryAuthenticate(token, out var caller).ShouldBeTrue();
        caller.ShouldBe(bench.Caller);
        // Again, from the cache.
        bench.Tokens.TryAuthenticate(token, out caller).ShouldBeTrue();
        caller.ShouldBe(bench.Caller);
    }

    [Theory]
    [InlineData(Role.Customer)]
    [InlineData(Role.Agent)]
    [InlineData(Role.Cashier)]
    [InlineData(Role.Manager)]
    public void Every_role_is_kept(Role role)
    {
        bench
            .Tokens.TryAuthenticate(bench.Tokens.Issue(bench.Caller with { Role = role }), out var caller)
            .ShouldBeTrue();
        caller!.Role.ShouldBe(role);
    }

    [Fact]
    public void A_token_has_the_claims_of_the_contract_and_names_its_key()
    {
        var token = bench.Tokens.Issue(bench.Caller);
        var header = TokenBench.Decode(token.Split('.')[0]);
        header.GetProperty("alg").GetString().ShouldBe("HS256");
        header.GetProperty("kid").GetString().ShouldBe(bench.Key.Id.ToString());
        var claims = TokenBench.Decode(token.Split('.')[1]);
        claims
            .EnumerateObject()
            .Select(claim => claim.Name)
            .Order()
            .ShouldBe(["aud", "exp", "iat", "iss", "jti", "org", "role", "sid", "sub"]);
        claims.GetProperty("role").GetString().ShouldBe("CUSTOMER");
        (claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64()).ShouldBe(3600);
    }

    [Fact]
    public void A_token_is_valid_for_exactly_one_hour()
    {
        var token = bench.Tokens.Issue(bench.Caller);
        bench.Time.Advance(TimeSpan.FromSeconds(3599));
        bench.Tokens.TryAuthenticate(token, out _).ShouldBeTrue();
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        bench.Tokens.TryAuthenticate(token, out _).ShouldBeFalse();
        // Refused by the cache and by a server that sees it for the first time.
        bench.OtherServer().TryAuthenticate(token, out _).ShouldBeFalse();
    }

    [Fact]
    public void Revoking_a_session_takes_effect_at_once_and_affects_no_other()
    {
        var (token, other) = (
            bench.Tokens.Issue(bench.Caller),
            bench.Tokens.Issue(bench.Caller with { SessionId = bench.Ids.Next<SessionId>() })
        );
        bench.Tokens.TryAuthenticate(token, out _).ShouldBeTrue();
        bench.Revoked.Add(bench.Caller.SessionId, bench.Time.GetUtcNow().AddHours(1));
        bench.Tokens.TryAuthenticate(token, out var caller).ShouldBeFalse();
        caller.ShouldBeNull();
        bench.Tokens.TryAuthenticate(bench.Tokens.Issue(bench.Caller), out _).ShouldBeFalse();
        bench.Tokens.TryAuthenticate(other, out _).ShouldBeTrue();
    }

    [Fact]
    public void A_new_key_signs_from_its_start_and_tokens_of_the_old_key_stay_valid()
    {
        var old = bench.Tokens.Issue(bench.Caller);
        var next = SigningKey.Create(bench.Ids.Next<SigningKeyId>(), bench.Time.GetUtcNow().AddSeconds(15));
        bench.Keys.Replace([bench.Key, next]);
        TokenBench
            .Decode(bench.Tokens.Issue(bench.Caller).Split('.')[0])
            .GetProperty("kid")
            .GetString()
            .ShouldBe(bench.Key.Id.ToString());
        bench.Time.Advance(TimeSpan.FromSeconds(15));
        var young = bench.Tokens.Issue(bench.Caller);
        TokenBench.Decode(young.Split('.')[0]).GetProperty("kid").GetString().ShouldBe(next.Id.ToString());
        bench.Tokens.TryAuthenticate(old, out _).ShouldBeTrue();
        bench.Tokens.TryAuthenticate(young, out _).ShouldBeTrue();
        bench.Keys.Replace([next]);
        bench.OtherServer().TryAuthenticate(old, out _).ShouldBeFalse();
    }

    [Fact]
    public async Task An_unknown_key_is_looked_up_at_most_once_a_second()
    {
        var loads = 0;
        var elsewhere = new AccessTokens(KeysThatLoad(() => loads++), bench.Revoked, bench.Time, bench.Ids);
        (await elsewhere.AuthenticateAsync(bench.Tokens.Issue(bench.Caller), default)).ShouldNotBeNull();
        loads.ShouldBe(1);
        var invented = bench.Sign(key: SigningKey.Create(bench.Ids.Next<SigningKeyId>(), bench.Time.GetUtcNow()));
        for (var i = 0; i < 100; i++)
            (await elsewhere.AuthenticateAsync(invented, default)).ShouldBeNull();
        loads.ShouldBe(1);
        bench.Time.Advance(TimeSpan.FromSeconds(1));
        (await elsewhere.AuthenticateAsync(invented, default)).ShouldBeNull();
        loads.ShouldBe(2);
    }

    [Fact]
    public async Task An_unknown_kid_is_not_looked_up()
    {
        var loads = 0;
        (await KeysThatLoad(() => loads++).LearnAsync("../../dev/null", default)).ShouldBeFalse();
        loads.ShouldBe(0);
    }

    private SigningKeys KeysThatLoad(Action told) =>
        new(
            bench.Time,
            _ =>
            {
                told();
                return Task.FromResult<IReadOnlyList<SigningKey>>([bench.Key]);
            }
        );

    [Fact]
    public void A_cached_token_allocates_no_memory()
    {
        var token = bench.Tokens.Issue(bench.Caller);
        for (var i = 0; i < 50_000; i++)
            bench.Tokens.TryAuthenticate(token, out _).ShouldBeTrue();
        var allocated = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 50_000; i++)
            bench.Tokens.TryAuthenticate(token, out _);
        (GC.GetAllocatedBytesForCurrentThread() - allocated).ShouldBeLessThan(1000);
    }
}
