using System.Text;
using Paydown.Lending.Amounts;
using Paydown.Statements.Reading;
using Shouldly;
using Xunit;

namespace Paydown.Statements.Tests;

public sealed class CollectionFileTests
{
    private static readonly Currency Naira = Currency.Get("NGN");

    [Fact]
    public void A_file_is_read_below_what_the_collector_writes_above_it()
    {
        var lines = Read(
            "Example Collections Ltd\nPeriod,March\n\n"
                + "Txn ID,Loan Ref.,Date collected,Amount,Fee\n"
                + "A-1,RF18 X,2026-03-31,\"1,000.50\",75.04\n\n"
                + "A-2,'0001,31/03/2026,5,\n"
                + "Total,,,\"1,005.50\",\n"
        );
        lines.ShouldBe([
            new(5, "A-1", "RF18 X", new(2026, 3, 31), new(100_050, Naira), new Money(7_504, Naira)),
            new(7, "A-2", "0001", new(2026, 3, 31), new(500, Naira), null),
        ]);
    }

    [Theory]
    [InlineData("id,loan,date,amount\n", "below its header")]
    [InlineData("id,loan,date\n1,2,2026-01-01\n", "Looked for")]
    [InlineData("id,loan,date,amount\n1,2,03/04/2026,5\n", "day/month or month/day")]
    [InlineData("id,loan,date,amount\n1,2,2026-01-01,1.234\n", "may be decimal")]
    [InlineData("id,loan,date,amount\n,2,2026-01-01,5.00\n", "no id")]
    [InlineData("id,loan,date,amount\n1,,2026-01-01,5.00\n", "names no loan")]
    [InlineData("id,loan,date,amount\n1,2,,\n", "Line 2")]
    [InlineData("id,loan,date,amount\n1,2,2026-01-01,\n", "no amount")]
    [InlineData("id,loan,date,amount\n1,2,2026-01-01,0.00\n", "more than 0")]
    [InlineData("id,loan,date,amount,fee\n1,2,2026-01-01,5.00,-1.00\n", "below 0")]
    [InlineData("id,loan,date,amount,fee\n1,2,2026-01-01,5.00,5.01\n", "more than the amount")]
    [InlineData("id,loan,date,amount,currency\n1,2,2026-01-01,5.00,EUR\n", "write NGN")]
    [InlineData("id,loan,date,amount\n1,2,2026-01-01,5.00\n2,2,2026-01-01,5.00\n3,2,2026-01-01,5.00\n", "more than 2")]
    public void A_file_that_leaves_something_open_is_refused(string file, string problem) =>
        Should.Throw<StatementFaultException>(() => Read(file)).Message.ShouldContain(problem);

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("""{ "name": "A", "columns": { "loan": "L" } }""")]
    [InlineData("""{ "name": "A", "encoding": "none" }""")]
    public void A_profile_that_is_none_is_refused(string json) =>
        Should.Throw<StatementFaultException>(() => CollectionProfile.Parse(json));

    [Fact]
    public void A_mapped_commission_must_be_in_the_file()
    {
        var profile = CollectionProfile.Parse(
            """
            {
              "name": "A",
              "columns": { "transactionId": "I", "loan": "L", "collectedOn": "D", "amount": "A", "commission": "C" }
            }
            """
        );
        Read("I,L,D,A,C\n1,2,2026-01-01,5.00,1.00\n", profile).Count.ShouldBe(1);
        Should.Throw<StatementFaultException>(() => Read("I,L,D,A\n1,2,2026-01-01,5.00\n", profile));
    }

    private static IReadOnlyList<CollectionLine> Read(string file, CollectionProfile? profile = null) =>
        CollectionFile.Read(new MemoryStream(Encoding.UTF8.GetBytes(file)), profile, Naira, linesMax: 2);
}
