using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Customers;

/// <summary>The people to whom a lender does not lend.</summary>
public sealed class BlacklistTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task Entries_are_added_in_one_spelling_listed_and_removed()
    {
        var lender = await server.AddOrganisationAsync();
        foreach (
            var (kind, value, stored) in ((string, string, string)[])
                [
                    ("BVN", "22345678901", "22345678901"),
                    ("EMAIL", "Bad@Example.com", "bad@example.com"),
                    ("PHONE", "+234 (800) 555-0100", "+2348005550100"),
                ]
        )
        {
            var body = new
            {
                kind,
                value,
                reason = "Fraud",
            };
            var entry = (await lender.Manager.PostAsync("admin/blacklist", body)).ShouldSucceed();
            entry.GetProperty("value").GetString().ShouldBe(stored);
            (await lender.Manager.PostAsync("admin/blacklist", body)).ShouldBeRefused(409, "BLACKLIST_ENTRY_EXISTS");
        }

        var wrong = new
        {
            kind = "BVN",
            value = "123",
            reason = "Fraud",
        };
        (await lender.Manager.PostAsync("admin/blacklist", wrong)).ShouldBeRefused(422, "VALIDATION_ERROR");
        var all = (await lender.Manager.GetAsync("admin/blacklist")).ShouldSucceed().EnumerateArray().ToList();
        all.Count.ShouldBe(3);
        var phone = (await lender.Manager.GetAsync("admin/blacklist?kind=PHONE")).ShouldSucceed()[0];
        var id = phone.GetProperty("id").GetGuid();
        (await server.OtherLender.Manager.PutAsync($"admin/blacklist/{id}/remove")).ShouldBeRefused(404, "NOT_FOUND");
        (await lender.Cashier.GetAsync("admin/blacklist")).ShouldBeRefused(403, "FORBIDDEN");
        (await lender.Manager.PutAsync($"admin/blacklist/{id}/remove")).ShouldSucceed();
        (await lender.Manager.PutAsync($"admin/blacklist/{id}/remove")).ShouldBeRefused(404, "NOT_FOUND");
        // What identifies people is not in the audit trail.
        var audit = await lender.Manager.GetAsync("admin/audit?action=BLACKLIST_ENTRY_REMOVED");
        audit.ShouldSucceed().GetArrayLength().ShouldBe(1);
        audit.Body.ShouldNotContain("5550100");
    }
}
