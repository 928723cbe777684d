using System.Text;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Writes;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Platform.Writes;

public sealed class StoredBodyTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly SubjectId Subject = new(Guid.Parse("0198c5f0-7a3b-7c4d-8e5f-60718293a4b5"));

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"id":"0198c5f0-7a3b-7c4d-8e5f-60718293a4b5","same":"0198c5f0-7a3b-7c4d-8e5f-60718293a4b5"}""")]
    [InlineData("""{"id":"0198C5F0-7A3B-7C4D-8E5F-60718293A4B5","note":"é \u0001 …"}""")]
    public void A_body_is_returned_byte_for_byte(string text)
    {
        var body = Encoding.UTF8.GetBytes(text);
        foreach (var subject in (SubjectId?[])[null, Subject])
            StoredBody.Unpack(StoredBody.Pack(body, subject), subject).ShouldBe(body);
    }

    [Fact]
    public void A_body_of_any_length_is_returned_byte_for_byte()
    {
        var random = new Random(7);
        foreach (var length in (int[])[1, 100, 100_000, 3_000_000])
        {
            var body = new byte[length];
            random.NextBytes(body);
            StoredBody.Unpack(StoredBody.Pack(body, null), null).ShouldBe(body);
        }
    }

    [Fact]
    public async Task The_answers_that_are_stored_most_are_small()
    {
        var lender = server.Lender;
        var loan = await lender.OpenLoanAsync();
        var id = await lender.ReportAsync(loan, 106_619, lender.Today);
        await lender.VerifyAsync(id);
        var lengths = await server.ScalarAsync<int[]>(
            "select array_agg(octet_length(body) order by recorded_at) from idempotency_record where subject_id = $1",
            id
        );
        // If an answer has changed, add samples: answers-2.txt, and Version in StoredBody.
        lengths.Length.ShouldBe(2);
        lengths[0].ShouldBeLessThan(130);
        lengths[1].ShouldBeLessThan(200);
    }
}
