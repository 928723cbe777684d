using Paydown.Lending.Products;
using Paydown.Lending.Terms;
using Paydown.Server.Commands;
using Paydown.Server.Tests.Applications;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>Each law of applications finds the damage that a test plants.</summary>
public sealed class ApplicationAuditTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    // Each statement has the application as $1.
    public static TheoryData<string, string> Damages =>
        new()
        {
            {
                "each disbursed application has its loan",
                "update loan_account set loan_application_id = id where loan_application_id = $1"
            },
            {
                "each loan of an application is of a disbursed one",
                "update loan_application set status = 'ACCEPTED' where id = $1"
            },
            {
                "terms of the loan = terms of the offer",
                "update loan_offer set terms = jsonb_set(terms, '{annualRatePercent}', '1') where application_id = $1"
            },
            { "terms of the loan = terms of the offer", "delete from loan_offer where application_id = $1" },
            {
                "state of an application = its last event",
                "delete from loan_application_event where application_id = $1 and status = 'DISBURSED'"
            },
            { "score of an application = its parts", "update loan_application set score = 1 where id = $1" },
            {
                "disbursed = credited to the wallet",
                """
                    delete from journal_entry where kind = 'DISBURSED_TO_WALLET'
                      and customer_id = (select customer_id from loan_application where id = $1)
                    """
            },
            {
                "fees kept back = fees of the offer",
                "update loan_offer set fees = jsonb_set(fees, '{0,amountMinor}', '1') where application_id = $1"
            },
            {
                "down payment collected = paid from the wallet",
                """
                    delete from journal_entry where kind = 'REPAID_FROM_WALLET'
                      and customer_id = (select customer_id from loan_application where id = $1)
                    """
            },
        };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task Each_kind_of_damage_is_found(string law, string damage)
    {
        var id = await PayOutAsync();
        (await server.AuditAsync()).Output.ShouldContain(": 0 breaches");
        await server.BackDoor.DamageAsync(damage, id);
        (await server.AuditAsync()).Output.ShouldContain($"BREACH {law}:");
        await server.BackDoor.ClearBooksAsync();
    }

    private async Task<Guid> PayOutAsync()
    {
        var product = await lender.AddProductAsync(
            TestProducts.Salary with
            {
                Fees = [new("Processing fee", FeeKind.Percent, Kobo(0), 1, FeeCharged.Deducted)],
                Schedule = new() { DownPayment = new DownPayment(10, Automatic: true) },
            }
        );
        return (await lender.DisburseAsync(lender.Customer, product, 12_000_00, 12)).ApplicationId!.Value.Value;
    }
}
