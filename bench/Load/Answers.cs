using Paydown.Server.Commands;
using Paydown.Server.Platform.Identity;

namespace Paydown.Bench;

/// <summary>Single requests outside the load, to inspect the responses.</summary>
public static class Answers
{
    /// <summary>A customer's complete list.</summary>
    public static async Task<byte[]> ListAsync(ServerProcess server, Orders orders, int customer)
    {
        using var client = new HttpClient { BaseAddress = new Uri(server.Url) };
        using var request = ListRequest(orders, customer);
        using var answer = await client.SendAsync(request);
        var body = await answer.Content.ReadAsByteArrayAsync();
        return answer.IsSuccessStatusCode
            ? body
            : throw new BenchException($"{(int)answer.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
    }

    public static HttpRequestMessage ListRequest(Orders orders, int customer)
    {
        var id = PortfolioIds.Customer(customer);
        var request = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/services/user/list-customer-repayments/{id}");
        request.Headers.Add("X-Auth-Token", orders.TokenOf(id.AsUser, Role.Customer));
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "127.0.0.1");
        request.Headers.Add("x-fapi-interaction-id", "bench-one");
        return request;
    }
}
