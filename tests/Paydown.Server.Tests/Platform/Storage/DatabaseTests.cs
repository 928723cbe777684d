using Paydown.Server.Platform;
using Paydown.Server.Platform.Storage;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Storage;

public sealed class DatabaseTests
{
    [Fact]
    public void Hyphens_stay_in_the_query_of_an_address()
    {
        var read = Database.Read(
            "postgres://db.example/loans?Application%20Name=my-app&Password=a-b-c&sslmode=verify-ca"
        );
        read.ApplicationName.ShouldBe("my-app");
        read.Password.ShouldBe("a-b-c");
        read.SslMode.ShouldBe(Npgsql.SslMode.VerifyCA);
    }

    [Fact]
    public void An_address_is_read_like_a_connection_string()
    {
        var read = Database.Read("postgres://ada:p%40ss@db.example:6432/loans?sslmode=verify-full");
        read.Host.ShouldBe("db.example");
        read.Port.ShouldBe(6432);
        read.Username.ShouldBe("ada");
        read.Password.ShouldBe("p@ss");
        read.Database.ShouldBe("loans");
        read.SslMode.ShouldBe(Npgsql.SslMode.VerifyFull);
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("Database=loans")]
    [InlineData("Host=db;Colour=blue")]
    [InlineData("postgres://")]
    public void An_invalid_connection_string_is_refused_in_plain_words(string text) =>
        Should.Throw<OperatingException>(() => Database.Read(text)).Message.ShouldContain("Expected");

    [Fact]
    public void An_address_may_name_several_hosts()
    {
        var read = Database.Read("postgres://ada:p%40ss@one.example:6432,two.example/loans?sslmode=require");
        read.Host.ShouldBe("one.example:6432,two.example");
        read.Username.ShouldBe("ada");
        read.Database.ShouldBe("loans");
        read.SslMode.ShouldBe(Npgsql.SslMode.Require);
    }

    [Theory]
    [InlineData("Host=one,two", "primary", 1)]
    [InlineData("Host=one,two;Target Session Attributes=any;Host Recheck Seconds=5", "any", 5)]
    [InlineData("postgres://one,two/loans", "primary", 1)]
    [InlineData("Host=one", null, 10)]
    public void Of_several_hosts_the_primary_is_used_and_found_again_at_once(string text, string? target, int recheck)
    {
        var complete = Database.Complete(text);
        complete.TargetSessionAttributes.ShouldBe(target);
        complete.HostRecheckSeconds.ShouldBe(recheck);
    }

    [Fact]
    public async Task The_operators_settings_win_over_the_defaults()
    {
        await using var source = Database.Open("Host=db;Maximum Pool Size=7");
        source.ConnectionString.ShouldContain("Maximum Pool Size=7");
        source.ConnectionString.ShouldContain("Max Auto Prepare=200");
    }
}
