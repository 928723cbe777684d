using System.Text.RegularExpressions;
using Paydown.Pages;
using Paydown.Pages.Web;
using Paydown.Server.Platform.Identity;
using Shouldly;
using Xunit;

namespace Paydown.Server.Tests.Pages;

/// <summary>What holds for every page of the table: roles, forms of other sites, ids of others, headers.</summary>
public sealed partial class PageSafetyTests(TestServer server) : IClassFixture<TestServer>
{
    private const string Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; "
        + "base-uri 'none'; frame-ancestors 'none'";

    private const string NoSuchPage = "There is no such page";

    private static readonly (Role Role, PageAccess Access)[] Roles =
    [
        (Role.Customer, PageAccess.Borrower),
        (Role.Agent, PageAccess.Agent),
        (Role.Cashier, PageAccess.Cashier),
        (Role.Manager, PageAccess.Manager),
    ];

    private readonly TestOrganisation lender = server.Lender;

    [Fact]
    public async Task Nobody_sees_a_page_of_another_role()
    {
        foreach (var (role, access) in Roles)
        {
            var browser = await TestBrowser.SignInAsync(await lender.AddUserAsync(role), server);
            foreach (var page in PageTable.All)
            {
                var shown = await browser.GetAsync(UnknownOf(page));
                var isOpen = (page.Access & (access | PageAccess.Anyone)) != PageAccess.None;
                (shown.Status == 403).ShouldBe(!isOpen, $"{role} {page.Path}: {shown.Status}");
                shown.Status.ShouldBeLessThan(500, $"{role} {page.Path}: {shown.Text}");
                if (isOpen)
                    continue;
                var form = (await browser.GetAsync("/me")).Hidden;
                (await browser.PostAsync(UnknownOf(page), form)).Status.ShouldBe(403, $"{role} {page.Path}");
            }
        }
    }

    [Fact]
    public async Task Without_a_sign_in_every_page_asks_for_it()
    {
        var browser = new TestBrowser(server);
        foreach (var page in PageTable.All.Where(page => page.Access != PageAccess.Anyone))
        {
            var path = UnknownOf(page);
            var shown = await browser.GetAsync(path);
            (shown.Status, shown.Location).ShouldBe((303, $"/sign-in?next={Uri.EscapeDataString(path)}"), page.Path);
            (await browser.PostAsync(path, [])).Location.ShouldBe("/sign-in", page.Path);
        }
    }

    [Fact]
    public async Task A_form_of_another_site_is_refused_on_every_page()
    {
        await ForEveryPageAsync(
            async (browser, page, form) =>
            {
                var path = UnknownOf(page);
                foreach (var site in (string[])["cross-site", "same-site", "none", "SAME-ORIGIN"])
                    await ShouldBeForeignAsync(browser.PostAsync(path, form, site), $"{page.Path} {site}");
                foreach (var origin in (string?[])["https://evil.example", "null", "http://127.0.0.1", null])
                    await ShouldBeForeignAsync(
                        browser.PostAsync(path, form, site: null, origin),
                        $"{page.Path} {origin}"
                    );
            }
        );
    }

    [Fact]
    public async Task A_form_without_the_token_of_the_session_is_refused_on_every_page()
    {
        var stranger = await TestBrowser.SignInAsync(await lender.AddCustomerAsync(), server);
        var theirs = (await stranger.GetAsync("/me")).Hidden;
        await ForEveryPageAsync(
            async (browser, page, form) =>
            {
                if (page.Post is null)
                {
                    (await browser.PostAsync(UnknownOf(page), form)).Status.ShouldBe(405, page.Path);
                    return;
                }

                var wrong = new Dictionary<string, string>(form);
                wrong.Remove(PageForm.TokenField);
                foreach (var token in (string?[])[null, "", "x", theirs[PageForm.TokenField]])
                {
                    if (token is not null)
                        wrong[PageForm.TokenField] = token;
                    var refused = await browser.PostAsync(UnknownOf(page), wrong);
                    refused.Status.ShouldBe(403, page.Path);
                    refused.Text.ShouldContain("earlier sign-in");
                }
            }
        );
    }

    [Fact]
    public async Task Browsers_without_fetch_metadata_may_send_forms_of_this_origin()
    {
        var browser = await TestBrowser.SignInAsync(await lender.AddCustomerAsync(), server);
        var form = (await browser.GetAsync("/me")).Hidden;
        var origin = server.Address.GetLeftPart(UriPartial.Authority);
        (await browser.PostAsync("/sign-out", form, site: null, origin)).Status.ShouldBe(303);
    }

    [Fact]
    public async Task A_page_of_another_customer_is_the_page_of_nothing()
    {
        var (owner, borrower) = (await Borrower.CreateAsync(lender), await Borrower.CreateAsync(lender));
        var ids = await IdsOfAsync(owner);
        var browser = await TestBrowser.SignInAsync(borrower.Customer, server);
        var token = (await browser.GetAsync("/me")).Hidden;
        var nothing = (await browser.GetAsync("/nothing")).Text;
        nothing.ShouldContain(NoSuchPage);
        var theirs = PageTable.All.Where(page =>
            page.Access.HasFlag(PageAccess.Borrower) && page.Path.Contains('{', StringComparison.Ordinal)
        );
        foreach (var page in theirs)
        {
            var path = Parameter().Replace(page.Path, match => ids[match.Groups["name"].Value]);
            // The owner sees it, so it is the right id.
            var mine = await TestBrowser.SignInAsync(owner.Customer, server);
            if (!page.Path.Contains("productId", StringComparison.Ordinal))
                (await mine.GetAsync(path)).Status.ShouldBe(200, path);
            await ShouldBeNothingAsync(browser, path, token, nothing, page);
            await ShouldBeNothingAsync(browser, UnknownOf(page), token, nothing, page);
        }
    }

    [Fact]
    public async Task A_page_of_another_lender_is_the_page_of_nothing()
    {
        var ids = await IdsOfAsync(await Borrower.CreateAsync(server.OtherLender));
        var browser = await TestBrowser.SignInAsync(await lender.AddUserAsync(Role.Manager), server);
        var token = (await browser.GetAsync("/me")).Hidden;
        foreach (var page in PageTable.All.Where(page => page.Path.StartsWith("/office", StringComparison.Ordinal)))
        {
            if (!page.Path.Contains("Id}", StringComparison.Ordinal))
                continue;
            var path = Parameter()
                .Replace(
                    page.Path,
                    match => ids.GetValueOrDefault(match.Groups["name"].Value) ?? $"{server.Ids.Next()}"
                );
            var shown = await browser.GetAsync(path);
            (shown.Status, shown.Text.Contains(NoSuchPage, StringComparison.Ordinal)).ShouldBe((404, true), page.Path);
            if (page.Post is not null)
                (await browser.PostAsync(path, token)).Status.ShouldBe(404, $"POST {page.Path}");
        }
    }

    [Fact]
    public async Task Every_answer_forbids_scripts_of_others_frames_and_caches()
    {
        var customer = await Borrower.CreateAsync(lender);
        var browser = await TestBrowser.SignInAsync(customer.Customer, server);
        foreach (var path in (string[])["/home", "/sign-in", "/me", "/forgot", "/nothing", "/office", "/sign-out"])
        {
            var answer = await browser.GetAsync(path);
            answer.Headers["Content-Security-Policy"].ShouldBe(Policy, path);
            answer.Headers["Cache-Control"].ShouldBe("no-store", path);
            answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff", path);
            answer.Headers["Referrer-Policy"].ShouldBe("no-referrer", path);
            answer.Headers["Cross-Origin-Opener-Policy"].ShouldBe("same-origin", path);
            answer.Headers["Vary"].ShouldContain("Cookie");
            answer.Headers.ContainsKey("Access-Control-Allow-Origin").ShouldBeFalse();
        }
    }

    [Fact]
    public async Task The_files_of_the_pages_are_small_and_kept_by_browsers()
    {
        Asset.Style.Length.ShouldBeLessThan(15 * 1024);
        Asset.Script.Length.ShouldBeLessThan(10 * 1024);
        var browser = new TestBrowser(server);
        foreach (var asset in Asset.All)
        {
            var answer = await browser.GetAsync(asset.Path);
            answer.Status.ShouldBe(200, asset.Path);
            answer.Headers["Cache-Control"].ShouldBe("public, max-age=31536000, immutable");
            answer.Headers["X-Content-Type-Options"].ShouldBe("nosniff");
            (await browser.GetAsync("/sign-in")).Html.ShouldContain(asset.Path);
        }
    }

    private async Task ForEveryPageAsync(Func<TestBrowser, PageRoute, Dictionary<string, string>, Task> check)
    {
        var (customer, manager) = (
            await TestBrowser.SignInAsync(await lender.AddCustomerAsync(), server),
            await TestBrowser.SignInAsync(await lender.AddUserAsync(Role.Manager), server)
        );
        foreach (var page in PageTable.All)
        {
            var isForBorrowers = (page.Access & (PageAccess.Borrower | PageAccess.Anyone)) != PageAccess.None;
            var browser = isForBorrowers ? customer : manager;
            await check(browser, page, (await browser.GetAsync("/me")).Hidden);
        }
    }

    private static async Task ShouldBeForeignAsync(Task<PageReply> posted, string what)
    {
        var refused = await posted;
        refused.Status.ShouldBe(403, what);
        refused.Text.ShouldContain("sent by another site");
    }

    private static async Task ShouldBeNothingAsync(
        TestBrowser browser,
        string path,
        Dictionary<string, string> form,
        string nothing,
        PageRoute page
    )
    {
        var shown = await browser.GetAsync(path);
        (shown.Status, shown.Text).ShouldBe((404, nothing), path);
        if (page.Post is null)
            return;
        var posted = await browser.PostAsync(path, form);
        (posted.Status, posted.Text).ShouldBe((404, nothing), $"POST {path}");
    }

    // What a borrower has, by the names of parameters.
    private async Task<Dictionary<string, string>> IdsOfAsync(Borrower owner)
    {
        var theirs = owner.Customer.OrganisationId == lender.Id.Value ? lender : server.OtherLender;
        var repayment = (await owner.ReportAsync(100)).ShouldSucceed().GetProperty("id").GetGuid();
        var product = await theirs.AddProductAsync();
        var closed = await server.OtherLender.AddProductAsync();
        await theirs.FundWalletAsync(owner.Customer, 100_000);
        var transfer = await owner.Customer.PostAsync(
            "user/transfer-funds-to-bank",
            new Dictionary<string, object?>
            {
                ["customerId"] = owner.Customer.UserId,
                ["amount"] = 10,
                ["bankAccountId"] = owner.BankAccountId,
                ["accountNumber"] = TestWallet.GoodNumber,
                ["bankCode"] = "058",
                ["accountName"] = "EXAMPLE ADA",
                ["transactionPin"] = null,
            }
        );
        return new()
        {
            ["loanId"] = $"{owner.Loan.ApplicationId ?? new(owner.Loan.Id.Value)}",
            ["accountId"] = $"{owner.Loan.Id}",
            ["repaymentId"] = $"{repayment}",
            ["customerId"] = $"{owner.Customer.UserId}",
            ["applicationId"] = $"{await new TestApplication(theirs, owner.Customer).OfferAsync(product)}",
            ["productId"] = $"{closed.Id}",
            ["reference"] = transfer.ShouldSucceed().GetProperty("transactionReference").GetString()!,
            ["act"] = "refund",
        };
    }

    private string UnknownOf(PageRoute page) =>
        Parameter()
            .Replace(
                page.Path,
                match =>
                    match.Groups["name"].Value.EndsWith("Id", StringComparison.Ordinal)
                        ? $"{server.Ids.Next()}"
                        : "unknown"
            );

    [GeneratedRegex(@"\{(?<name>\w+)\}")]
    private static partial Regex Parameter();
}
