using System.Net.Http.Json;
using System.Text.Json;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Customers;

/// <summary>ListCustomers, GetCustomer and GetProfile, on a server with two lenders.</summary>
public sealed class CustomerReadsTests(TestServer server) : IClassFixture<TestServer>
{
    [Fact]
    public async Task A_manager_finds_customers_by_a_part_of_name_email_or_phone()
    {
        var id = await RegisterAsync("search_me@example.com", server.Lender.Id.Value);
        await RegisterAsync("searchxme@example.com", server.OtherLender.Id.Value);
        var manager = await server.Lender.AddUserAsync(Role.Manager);
        foreach (var search in new[] { "SEARCH_ME", "neil-exam", "ada%20o'n", "%2B234800", "search_me@example.com" })
        {
            var found = await manager.GetAsync($"admin/customers?search={search}");
            found.ShouldSucceed().EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(id, search);
            found.Json.GetProperty("page").GetProperty("total").GetInt64().ShouldBe(1);
        }

        (await manager.GetAsync("admin/customers?search=%25")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await manager.GetAsync("admin/customers?search=searchxme")).ShouldSucceed().GetArrayLength().ShouldBe(0);
        (await manager.GetAsync("admin/customers"))
            .ShouldSucceed()
            .EnumerateArray()
            .Select(one => one.GetProperty("id").GetGuid())
            .ShouldContain(id);
        var shown = (await manager.GetAsync($"admin/customers/{id}")).ShouldSucceed();
        shown.GetProperty("dialingCode").GetString().ShouldBe("+234");
    }

    [Fact]
    public async Task An_email_is_found_by_the_end_of_its_local_part_and_the_beginning_of_its_domain()
    {
        var lender = await server.AddOrganisationAsync();
        var id = await RegisterAsync("ends_like.this@example.com", lender.Id.Value);
        await RegisterAsync("ends_like.that@example.com", lender.Id.Value);
        await RegisterAsync("endsxlike.this@example.org", lender.Id.Value);
        await RegisterAsync("ends_like.this@example.com", server.OtherLender.Id.Value);
        var manager = lender.Manager;
        foreach (var search in new[] { "S_LIKE.THIS@", "this@example.com", "neil-example ends_like.this@exam" })
        {
            var found = (
                await manager.GetAsync($"admin/customers?search={Uri.EscapeDataString(search)}")
            ).ShouldSucceed();
            found.EnumerateArray().Single().GetProperty("id").GetGuid().ShouldBe(id, search);
        }

        foreach (
            var search in new[] { "like@example", "_this@example.com", "%@example.com", "s@ends", "é😀@example.com" }
        )
        {
            (await manager.GetAsync($"admin/customers?search={Uri.EscapeDataString(search)}"))
                .ShouldSucceed()
                .GetArrayLength()
                .ShouldBe(0, search);
        }

        (await manager.GetAsync("admin/customers?search=@example.org")).ShouldSucceed().GetArrayLength().ShouldBe(1);
    }

    [Fact]
    public async Task A_customer_who_was_taken_over_is_shown_with_the_known_fields()
    {
        var customer = await server.Lender.AddCustomerAsync();
        var shown = (await customer.GetAsync($"user/profile/{customer.UserId}")).ShouldSucceed();
        shown.GetProperty("firstName").GetString().ShouldBe("Ada");
        shown.GetProperty("address").ValueKind.ShouldBe(JsonValueKind.Null);
        (await customer.GetAsync($"user/profile/{server.Ids.Next()}")).ShouldBeRefused(403, "FORBIDDEN");
    }

    [Fact]
    public async Task Staff_and_other_lenders_customers_are_not_in_the_list()
    {
        var cashier = await server.Lender.AddUserAsync(Role.Cashier);
        var stranger = await server.OtherLender.AddUserAsync(Role.Customer);
        var client = await server.Lender.AddUserAsync(Role.Manager);
        foreach (var caller in new[] { cashier, stranger })
            (await client.GetAsync($"admin/customers/{caller.UserId}")).ShouldBeRefused(404, "NOT_FOUND");
    }

    [Fact]
    public async Task With_several_lenders_a_registration_must_name_one()
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        using var answer = await http.PostAsJsonAsync(
            "api/v6/services/usermanagement/register-customer",
            RegisterCustomerTests.Form("nobody@example.com")
        );
        ((int)answer.StatusCode).ShouldBe(422);
        (await answer.Content.ReadAsStringAsync()).ShouldContain("organisationId");
    }

    private async Task<Guid> RegisterAsync(string email, Guid organisationId)
    {
        using var http = new HttpClient { BaseAddress = server.Address };
        var form = RegisterCustomerTests.Form(email);
        form["organisationId"] = organisationId;
        using var answer = await http.PostAsJsonAsync("api/v6/services/usermanagement/register-customer", form);
        var body = await answer.Content.ReadFromJsonAsync<JsonElement>();
        return body.GetProperty("data").GetProperty("id").GetGuid();
    }
}
