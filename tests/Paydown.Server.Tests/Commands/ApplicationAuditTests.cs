using Paydown.Lending.Loans;
using Paydown.Lending.Products;
using Paydown.Server.Commands;
using Paydown.Server.Tests.Applications;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Commands;

/// <summary>The laws of applications: each finds the damage that is planted against it.</summary>
public sealed class ApplicationAuditTests(TestServer server) : IClassFixture<TestServer>
{
    private readonly TestOrganisation lender = server.Lender;

    // Each takes the application as $1.
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
        (await AuditAsync()).ShouldContain(": 0 breaches");
        await server.BackDoor.DamageAsync(damage, id);
        (await AuditAsync()).ShouldContain($"BREACH {law}:");
        await ClearAsync();
    }

    private async Task<Guid> PayOutAsync()
    {
        var product = await lender.AddProductAsync(
            TestProducts.Salary(server.Ids.Next()) with
            {
                Fees = [new("Processing fee", FeeKind.Percent, 0, 1, FeeCharged.Deducted)],
                Schedule = new() { DownPayment = new DownPayment(10, Automatic: true) },
            }
        );
        var requested = await lender.Customer.PostAsync(
            "user/request-loan",
            TestApplication.With(product, ("lastName", "Test"))
        );
        requested.Status.ShouldBe(200, requested.Body);
        var id = requested.Data.GetProperty("loanDetails").GetProperty("id").GetGuid();
        foreach (
            var (caller, path) in new[]
            {
                (lender.Manager, $"admin/loan-application/{id}/approve"),
                (lender.Manager, $"admin/loan-application/{id}/send-offer"),
                (lender.Customer, $"user/accept-loan-offer/{id}/accept"),
                (lender.Customer, $"user/accept-terms-and-conditions/{id}"),
                (lender.Manager, $"admin/loan-application/{id}/disburse"),
            }
        )
        {
            var answer = await caller.PutAsync(path);
            answer.Status.ShouldBe(200, answer.Body);
        }

        return id;
    }

    private async Task<string> AuditAsync()
    {
        await using var output = new StringWriter { NewLine = "\n" };
        await Audit.RunAsync(server.Database, output, json: false, default);
        return output.ToString();
    }

    // The next case plants its own damage.
    private Task ClearAsync() =>
        server.BackDoor.DamageAsync(
            string.Join(
                "; ",
                new[]
                {
                    "posting",
                    "journal_entry",
                    "loan_event",
                    "outbox_event",
                    "idempotency_record",
                    "loan_account",
                    "loan_terms",
                    "wallet_entry",
                    "wallet",
                    "loan_offer",
                    "loan_application_event",
                    "loan_application",
                }.Select(table => $"delete from {table}")
            )
        );
}
