using System.Text;
using Paydown.Lending.Identifiers;
using Paydown.Server.Platform.Identity;
using Paydown.Server.Tests.Client;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Statements;

public sealed class DownloadBankStatementTests(TestServer server) : IClassFixture<TestServer>
{
    private static readonly HttpClient Http = new();

    [Fact]
    public async Task The_file_comes_back_byte_for_byte_as_an_attachment_that_is_not_sniffed()
    {
        var lender = await server.AddOrganisationAsync();
        // A name of another user: quotes, folders and letters beyond ASCII.
        var file = new TestStatement(lender.Today, new TestEntry(150, Text: "Grüße")).ToFile();
        var id = await ImportAsync(lender, Uri.EscapeDataString("../März \"1\".xml"), file);

        foreach (var officer in new[] { lender.Cashier, lender.Manager })
        {
            using var answer = await DownloadAsync(officer, id);
            ((int)answer.StatusCode).ShouldBe(200);
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(file);
            answer.Content.Headers.ContentLength.ShouldBe(file.Length);
            answer.Content.Headers.ContentType!.ToString().ShouldBe("application/xml");
            answer
                .Content.Headers.GetValues("Content-Disposition")
                .Single()
                .ShouldBe("attachment; filename=\".._M_rz _1_.xml\"; filename*=UTF-8''.._M%C3%A4rz%20%221%22.xml");
            answer.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        }

        using var head = await DownloadAsync(lender.Cashier, id, HttpMethod.Head);
        head.Content.Headers.ContentLength.ShouldBe(file.Length);
        (await head.Content.ReadAsByteArrayAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_csv_file_is_no_web_page_whatever_its_name_says_and_keeps_the_bytes_of_its_encoding()
    {
        var lender = await server.AddOrganisationAsync();
        var text = $"Date;Text;Amount\r\n{lender.Today:yyyy-MM-dd};Café;10.00\r\n";
        var file = Encoding.Latin1.GetBytes(text);
        var accounts = (await lender.Cashier.GetAsync("admin/collection-accounts")).ShouldSucceed();
        var id = await ImportAsync(
            lender,
            $"page.html&collectionAccountId={accounts[0].GetProperty("id").GetGuid()}",
            file
        );
        using var answer = await DownloadAsync(lender.Cashier, id);
        answer.Content.Headers.ContentType!.ToString().ShouldBe("text/csv");
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(file);
    }

    [Fact]
    public async Task A_held_statement_has_its_file_and_another_organisation_has_none()
    {
        var (lender, other) = (await server.AddOrganisationAsync(), await server.AddOrganisationAsync());
        var file = new TestStatement(lender.Today, new TestEntry(10)) { Error = 1 }.ToFile();
        var id = await ImportAsync(lender, "held.xml", file);
        using var answer = await DownloadAsync(lender.Cashier, id);
        (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(file);

        var foreign = await other.Manager.GetAsync($"admin/bank-statements/{id}/file");
        var nothing = await other.Manager.GetAsync($"admin/bank-statements/{server.Ids.Next()}/file");
        foreign.ShouldBeRefused(404, "NOT_FOUND");
        foreign.Body.ShouldBe(nothing.Body);
        (await lender.Customer.GetAsync($"admin/bank-statements/{id}/file")).ShouldBeRefused(403, "FORBIDDEN");
        (await lender.Cashier.GetAsync("admin/bank-statements/1/file")).Status.ShouldBe(400);
    }

    [Fact]
    public async Task A_token_with_the_scope_reads_it_and_the_client_downloads_it()
    {
        var setting = await ClientSetting.CreateAsync(server);
        var lender = server.Lender;
        var file = new TestStatement(lender.Today, new TestEntry(3)).ToFile();
        var id = await ImportAsync(lender, Uri.EscapeDataString("März.xml"), file);
        var (_, token) = await lender.AddApiTokenAsync(Scopes.StatementsRead);
        using (var answer = await DownloadAsync(TestUser.Holding(token, server.Address), id))
            (await answer.Content.ReadAsByteArrayAsync()).ShouldBe(file);
        var (_, other) = await lender.AddApiTokenAsync(Scopes.StatementsImport);
        using (var answer = await DownloadAsync(TestUser.Holding(other, server.Address), id))
            ((int)answer.StatusCode).ShouldBe(403);

        using var manager = await setting.OfficerAsync(Role.Manager);
        using var copy = new MemoryStream();
        (await manager.Statements.DownloadAsync(id, copy)).ShouldBe("März.xml");
        copy.ToArray().ShouldBe(file);
    }

    private static async Task<Guid> ImportAsync(TestOrganisation lender, string query, byte[] file)
    {
        var imported = await lender.Cashier.UploadAsync($"admin/bank-statements?fileName={query}", file);
        return imported.ShouldSucceed().GetProperty("statements")[0].GetProperty("id").GetGuid();
    }

    private async Task<HttpResponseMessage> DownloadAsync(TestUser user, Guid id, HttpMethod? method = null)
    {
        using var request = new HttpRequestMessage(
            method ?? HttpMethod.Get,
            new Uri(server.Address, $"api/v1/services/admin/bank-statements/{id}/file")
        );
        request.Headers.Add("X-Auth-Token", user.Token);
        request.Headers.Add("x-fapi-auth-date", "2026-01-31T09:30:00Z");
        request.Headers.Add("x-fapi-customer-ip-address", "192.0.2.1");
        request.Headers.Add("x-fapi-interaction-id", "interaction-12345");
        return await Http.SendAsync(request);
    }
}
