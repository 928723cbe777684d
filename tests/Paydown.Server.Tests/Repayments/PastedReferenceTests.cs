using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Repayments;

/// <summary>References as banking apps print them and people paste them.</summary>
public sealed class PastedReferenceTests(TestServer server) : IClassFixture<TestServer>
{
    [Theory]
    [InlineData("{0}", "{0}")]
    [InlineData("{0}\t", "{0}")]
    [InlineData("\r\n{0}\n", "{0}")]
    [InlineData("{1}\u00A0{2}", "{1} {2}")]
    [InlineData("{1}\u202F{2}\u2007", "{1} {2}")]
    [InlineData("{1}\u3000\t{2}", "{1} {2}")]
    [InlineData("{1}-{2}", "{1}-{2}")]
    [InlineData("{1}\u2011{2}", "{1}\u2011{2}")]
    [InlineData("\u2066{1}\u200B{2}\u2069", "{1}{2}")]
    [InlineData("\u202E{0}", "{0}")]
    [InlineData("{1}\u0000{2}", "{1}{2}")]
    [InlineData("Loan {0}", "Loan {0}")]
    [InlineData("pmt ref:{1}-{2} thanks", "pmt ref:{1}-{2} thanks")]
    public async Task A_pasted_reference_is_recognised_and_stored_as_it_looks(string sent, string kept)
    {
        var borrower = await Borrower.CreateAsync(server);
        foreach (var reference in (string[])[borrower.Loan.Reference, borrower.Loan.Reference.ToLowerInvariant()])
        {
            string Fill(string form) => string.Format(form, reference, reference[..4], reference[4..]);
            var answer = await borrower.ReportAsync(1, reference: Fill(sent));
            var data = answer.ShouldSucceed();
            data.GetProperty("repaymentReference").GetString().ShouldBe(Fill(kept));
            data.GetProperty("message").GetString()!.ShouldNotContain("by hand");
            (
                await server.ScalarAsync<long>(
                    "select count(*) from repayment where id = $1 and reference_matches and reference = $2",
                    data.GetProperty("id").GetGuid(),
                    Fill(kept)
                )
            ).ShouldBe(1);
        }
    }

    [Fact]
    public async Task A_text_with_another_loans_reference_needs_manual_matching()
    {
        var (borrower, other) = (await Borrower.CreateAsync(server), await Borrower.CreateAsync(server));
        foreach (var text in (string[])[other.Loan.Reference, $"{borrower.Loan.Reference} {other.Loan.Reference}"])
        {
            (await borrower.ReportAsync(1, reference: text))
                .ShouldSucceed()
                .GetProperty("message")
                .GetString()!
                .ShouldContain("by hand");
        }
    }

    [Theory]
    [InlineData("\t")]
    [InlineData("\u200B\u2060")]
    [InlineData("\u202E")]
    public async Task A_reference_without_visible_characters_is_refused(string reference)
    {
        var borrower = await Borrower.CreateAsync(server);
        (await borrower.ReportAsync(1, reference: reference)).ShouldBeRefused(422, "VALIDATION_ERROR");
    }

    [Fact]
    public async Task The_length_limit_counts_visible_characters()
    {
        var borrower = await Borrower.CreateAsync(server);
        (await borrower.ReportAsync(1, reference: new string('\u200B', 100) + new string('a', 64))).ShouldSucceed();
        (await borrower.ReportAsync(1, reference: new string('a', 65))).ShouldBeRefused(422, "VALIDATION_ERROR");
    }
}
