using System.Security.Cryptography;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Identity;

public sealed class PasswordHashTests
{
    [Fact]
    public void The_password_matches_and_no_other_does()
    {
        var hash = PasswordHash.Create("Correct-Horse-7");
        hash.Verify("Correct-Horse-7").ShouldBeTrue();
        hash.Verify("correct-horse-7").ShouldBeFalse();
        hash.Verify("").ShouldBeFalse();
    }

    [Fact]
    public void The_stored_form_names_algorithm_and_cost_and_can_be_parsed()
    {
        var text = PasswordHash.Create("Correct-Horse-7").ToString();
        text.ShouldStartWith("$pbkdf2-sha512$i=210000$");
        text.ShouldNotContain("Horse");
        var read = PasswordHash.Parse(text);
        read.ToString().ShouldBe(text);
        read.Verify("Correct-Horse-7").ShouldBeTrue();
        read.IsOutdated.ShouldBeFalse();
    }

    [Fact]
    public void One_password_hashed_twice_gives_two_hashes() =>
        PasswordHash
            .Create("Correct-Horse-7", 10)
            .ToString()
            .ShouldNotBe(PasswordHash.Create("Correct-Horse-7", 10).ToString());

    [Fact]
    public void A_cheaper_hash_still_matches_and_is_outdated()
    {
        var old = PasswordHash.Parse(PasswordHash.Create("Correct-Horse-7", 1000).ToString());
        old.IsOutdated.ShouldBeTrue();
        old.Verify("Correct-Horse-7").ShouldBeTrue();
        old.Verify("Wrong-Horse-77").ShouldBeFalse();
    }

    [Fact]
    public void The_hash_is_standard_pbkdf2()
    {
        var salt = Convert.ToBase64String("saltSALTsaltSALT"u8).TrimEnd('=');
        var hash = Rfc2898DeriveBytes.Pbkdf2(
            "password",
            "saltSALTsaltSALT"u8.ToArray(),
            1000,
            HashAlgorithmName.SHA512,
            64
        );
        PasswordHash
            .Parse($"$pbkdf2-sha512$i=1000${salt}${Convert.ToBase64String(hash).TrimEnd('=')}")
            .Verify("password")
            .ShouldBeTrue();
    }

    [Theory]
    [InlineData("")]
    [InlineData("plain")]
    [InlineData("$pbkdf2-sha512$i=210000$c2FsdA$aGFzaA")]
    [InlineData("$pbkdf2-sha1$i=210000$AAAAAAAAAAAAAAAAAAAAAA$AA")]
    [InlineData("$pbkdf2-sha512$i=-1$AAAAAAAAAAAAAAAAAAAAAA$AA")]
    [InlineData("$pbkdf2-sha512$i=999999999$AAAAAAAAAAAAAAAAAAAAAA$AA")]
    public void An_invalid_hash_is_refused(string text) =>
        Should.Throw<FormatException>(() => PasswordHash.Parse(text));

    [Fact]
    public void No_password_matches_the_hash_of_nobody() =>
        PasswordHash.OfNobody.Verify("Correct-Horse-7").ShouldBeFalse();
}
