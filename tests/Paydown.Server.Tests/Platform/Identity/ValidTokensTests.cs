using Paydown.Server.Platform;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Identity;

public sealed class ValidTokensTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly Caller Somebody = new(default, default, Role.Customer, default);

    [Fact]
    public void The_cache_never_holds_more_than_two_generations()
    {
        var tokens = new ValidTokens(generationMax: 100);
        for (var i = 0UL; i < 10_000; i++)
            tokens.Add(new TokenKey(i, 0, 0, 0), Somebody, Now.AddHours(1));
        tokens.Count.ShouldBeLessThanOrEqualTo(200);
    }

    [Fact]
    public void A_token_in_use_is_never_dropped()
    {
        var tokens = new ValidTokens(generationMax: 100);
        var key = new TokenKey(0, 1, 2, 3);
        tokens.Add(key, Somebody, Now.AddHours(1));
        for (var i = 1UL; i < 10_000; i++)
        {
            tokens.Add(new TokenKey(i, 0, 0, 0), Somebody, Now.AddHours(1));
            if (i % 50 == 0)
                tokens.TryGet(key, Now, out _).ShouldBeTrue();
        }
    }

    [Fact]
    public void An_expired_token_is_dropped()
    {
        var tokens = new ValidTokens();
        var key = new TokenKey(1, 2, 3, 4);
        tokens.Add(key, Somebody, Now);
        tokens.TryGet(key, Now, out _).ShouldBeFalse();
    }

    [Fact]
    public void The_bound_holds_with_many_threads()
    {
        var tokens = new ValidTokens(generationMax: 500);
        Parallel.For(
            0,
            50_000,
            i =>
            {
                var key = new TokenKey((ulong)i % 3000, 0, 0, 0);
                if (!tokens.TryGet(key, Now, out _))
                    tokens.Add(key, Somebody, Now.AddHours(1));
            }
        );
        tokens.Count.ShouldBeLessThanOrEqualTo(1100);
    }
}
